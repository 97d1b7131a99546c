/** The body of a request as it is sent: JSON, or what the scenario wrote out. */
export function bodyOf({ body, raw }) {
  return raw ?? (body === undefined ? undefined : { type: "application/json", bytes: JSON.stringify(body) });
}

/** Values as a query or an urlencoded form; lists repeat their name. */
export function queryOf(values) {
  const pairs = Object.entries(values).flatMap(([name, value]) =>
    [value].flat().map((each) => [name, String(each)]),
  );
  return new URLSearchParams(pairs).toString();
}

/** A multipart body with one file of so many bytes. */
export function multipartOf(size) {
  const boundary = "----bench-3f2a9c41d07b";
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="file.bin"\r\ncontent-type: application/octet-stream\r\n\r\n`;
  const content = Buffer.allocUnsafe(size);
  // The same bytes in each run, and none that repeat soon (xorshift, Marsaglia 2003).
  for (let at = 0, state = 2463534242; at < size; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    content[at] = state;
  }
  const bytes = Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { type: `multipart/form-data; boundary=${boundary}`, bytes };
}
