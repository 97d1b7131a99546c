import type { z } from "zod";
import { file as anyFile } from "zod/mini";
import { type FileLimits, place, type Tagged } from "./place.ts";
import type { FileSource, StreamedFile, UploadedFile } from "./uploaded-file.ts";

/** Limits of one uploaded file, kept while it arrives and stated in the document. */
export interface FileOptions extends FileLimits {
  /** The name of the part, where it differs from the key. */
  readonly name?: string;
}

interface FileSchema<Received, Sent = FileSource> {
  readonly _zod: z.core.$ZodTypeInternals<Received, Sent>;
}

/** The schema of files as its handler and its callers have them: `File` becomes `UploadedFile` and `FileSource`. */
type Uploads<S> = S extends { _zod: infer Internals extends { output: unknown; input: unknown } }
  ? {
      readonly _zod: Omit<Internals, "output" | "input"> & {
        output: Received<Internals["output"]>;
        input: Sent<Internals["input"]>;
      };
    }
  : never;
type Received<Value> = Value extends Blob
  ? UploadedFile
  : Value extends readonly (infer Item)[]
    ? Received<Item>[]
    : Value;
type Sent<Value> = Value extends Blob
  ? FileSource
  : Value extends readonly (infer Item)[]
    ? Sent<Item>[]
    : Value;

/**
 * Makes the key an uploaded file, received as a whole before the handler runs: `file()`,
 * `file({ maxBytes: 5_000_000, types: ["image/png"] })`, `z.optional(file())`, `z.array(file()).max(3)`, or a schema
 * (`file(z.file().max(1000))`), whose rules are issues of a 422. A limit that is passed is 413, another type 415.
 */
export const file: {
  (options?: FileOptions): Tagged<"file", FileSchema<UploadedFile>>;
  <S extends { _zod: unknown }>(schema: S, options?: FileOptions): Tagged<"file", Uploads<S>>;
  /**
   * A file that the handler reads as it arrives (`for await (const chunk of input.video)`), whatever its size. At most one
   * for a procedure, declared last and sent last. Say `maxBytes` where more than the usual 10 MiB are meant.
   */
  stream(options?: FileOptions): Tagged<"file-stream", FileSchema<StreamedFile>>;
} = Object.assign(
  (first?: unknown, options?: FileOptions): never =>
    isSchema(first)
      ? place("file", first, options)
      : place("file", anyFile(), (first as FileOptions | undefined) ?? options),
  { stream: (options?: FileOptions): never => place("file-stream", anyFile(), options) },
);

function isSchema(value: unknown): boolean {
  return typeof value === "object" && value !== null && "_zod" in value;
}
