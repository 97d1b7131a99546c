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
  return isUtf8(contentType);
}

/** Tells whether a media type names no other encoding of characters than UTF-8. */
export function isUtf8(contentType: string): boolean {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1];
  return charset === undefined || /^utf-?8$/i.test(charset);
}

/** Tells whether a media type is one of those listed, `image/*` included. */
export function matchesType(contentType: string, types: readonly string[]): boolean {
  const type = essence(contentType);
  return types.some((each) => {
    const listed = each.toLowerCase();
    return listed === type || (listed.endsWith("/*") && type.startsWith(listed.slice(0, -1)));
  });
}
