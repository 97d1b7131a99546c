import type { FileSource } from "@tenon/core";

/**
 * Names what is sent as a file: bytes, which would be base64 in JSON otherwise, a `Blob`, or a stream (a web stream, a
 * Node `Readable`, any async iterable of bytes). A stream is read once, while it is sent: such a call is never repeated.
 * `await api.items.import({ rows: upload(createReadStream("rows.csv"), { name: "rows.csv", type: "text/csv" }) })`
 */
export function upload(
  content: Blob | Uint8Array | ArrayBuffer | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>,
  options: { readonly name?: string; readonly type?: string } = {},
): FileSource {
  const { name = "blob", type = content instanceof Blob ? content.type : "" } = options;
  return content instanceof Blob || content instanceof Uint8Array || content instanceof ArrayBuffer
    ? new File([content as BlobPart], name, { type })
    : { "~upload": content, name, type };
}
