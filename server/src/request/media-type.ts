/** The media type of a header without its parameters, in lower case. */
export function essence(contentType: string): string {
  const semicolon = contentType.indexOf(";");
  return (semicolon < 0 ? contentType : contentType.slice(0, semicolon)).trim().toLowerCase();
}

/** `application/json` or `…+json`, in UTF-8 (RFC 8259, 8.1). */
export function isJson(contentType: string): boolean {
  if (contentType === "application/json") {
    return true;
  }
  const type = essence(contentType);
  if (type !== "application/json" && !/^[a-z]+\/[\w.!#$&^-]+\+json$/.test(type)) {
    return false;
  }
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1];
  return charset === undefined || /^utf-?8$/i.test(charset);
}
