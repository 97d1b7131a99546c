/**
 * A file that was received as a whole before the handler runs: a web `File` (`name`, `size` in bytes, `type`, `text()`,
 * `arrayBuffer()`, `stream()`, `slice()`). Small ones are in memory, larger ones in a temporary file, which is removed
 * once the reply has been sent. What has to stay is saved with `saveTo`.
 */
export interface UploadedFile extends File {
  /**
   * Puts the file at a path of the server's file system, in place of what is there, as a whole or not at all. Within one
   * file system no byte is copied. Rejects where the path cannot be written.
   */
  saveTo(path: string | URL): Promise<void>;
  /** Gives up the room that it takes before the request ends; reading it afterwards may fail. */
  discard(): Promise<void>;
}

/**
 * A file that is still arriving. It is read once, at the handler's pace: whoever reads slowly makes the caller send
 * slowly. Reading rejects with the failure of the request where the file is too large, breaks off, or is not the last
 * part of the body; a handler that does not catch it answers with that problem.
 */
export interface StreamedFile extends AsyncIterable<Uint8Array> {
  /** As the caller says, without folders. */
  readonly name: string;
  /** The media type, as the caller says, in lower case. */
  readonly type: string;
  /** The same bytes as a web stream. */
  stream(): ReadableStream<Uint8Array>;
}

/** What a client can send as a file. A stream has neither name nor type: `upload(stream, { name, type })` adds them. */
export type FileSource = Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | Upload;

/** A stream with a name and a type, as the client's `upload` makes it. */
export interface Upload {
  readonly "~upload": ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;
  readonly name: string;
  readonly type: string;
}
