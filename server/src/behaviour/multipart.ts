/** A part of a multipart body, written out. */
export interface PartText {
  readonly name: string;
  readonly filename?: string;
  readonly type?: string;
  readonly content: string | Uint8Array;
}

/** Writes a multipart body by hand, as no client library would. */
export function multipart(...parts: readonly PartText[]): Uint8Array<ArrayBuffer> {
  const chunks: Buffer[] = [];
  for (const { name, filename, type, content } of parts) {
    const file = filename === undefined ? "" : `; filename="${filename}"`;
    const media = type === undefined ? "" : `content-type: ${type}\r\n`;
    chunks.push(Buffer.from(`--b\r\ncontent-disposition: form-data; name="${name}"${file}\r\n${media}\r\n`));
    chunks.push(Buffer.from(content), Buffer.from("\r\n"));
  }
  return new Uint8Array(Buffer.concat([...chunks, Buffer.from("--b--\r\n")]));
}

/** A request with such a body. */
export function multipartRequest(body: Uint8Array<ArrayBuffer>): RequestInit {
  return { method: "POST", headers: { "content-type": "multipart/form-data; boundary=b" }, body };
}

/** The same, sent in chunks without a declared length. */
export function chunkedRequest(body: Uint8Array, chunkBytes = 50_000): RequestInit {
  let sent = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent >= body.length) {
        controller.close();
      } else {
        controller.enqueue(body.subarray(sent, (sent += chunkBytes)));
      }
    },
  });
  const init = { ...multipartRequest(new Uint8Array()), body: stream, duplex: "half" };
  return init;
}
