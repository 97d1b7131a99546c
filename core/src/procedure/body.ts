import type { z } from "zod";
import { file as anyFile, instanceof as instanceOf, string } from "zod/mini";
import { place, type Tagged } from "./place.ts";
import type { FileSource, StreamedFile } from "./uploaded-file.ts";

/** What a body that is no JSON keeps to. */
export interface RawBodyOptions {
  /** The media types that are taken, `image/*` included; another one is 415. */
  readonly types?: readonly string[];
  /** Largest size in bytes; the app's limit for bodies by default, 10 MiB for streams. Passing it is 413. */
  readonly maxBytes?: number;
}

/** How a body in a media type of your own is read. */
export interface ParsedBodyOptions extends RawBodyOptions {
  readonly types: readonly string[];
  /** Makes of the text what JSON would say; not needed for types that are JSON (`…+json`). What it throws is a 400. */
  readonly parse?: (text: string) => unknown;
}

interface SchemaOf<Received, Sent = Received> {
  readonly _zod: z.core.$ZodTypeInternals<Received, Sent>;
}

/** Makes one key the whole body. */
export const body: {
  /** A JSON body. */
  <S extends { _zod: unknown }>(schema: S): Tagged<"body", S>;
  /** A body in other media types: `body(Item, { types: ["application/yaml"], parse: YAML.parse })`. */
  <S extends { _zod: unknown }>(schema: S, options: ParsedBodyOptions): Tagged<"body-raw", S>;
  /** The text of the body, `text/plain` in UTF-8 unless `types` says otherwise. */
  text(options?: RawBodyOptions): Tagged<"body-raw", SchemaOf<string>>;
  /** The bytes of the body, `application/octet-stream` unless `types` says otherwise. */
  bytes(options?: RawBodyOptions): Tagged<"body-raw", SchemaOf<Uint8Array>>;
  /** The body as it arrives, at the handler's pace (`for await (const chunk of input.data)`), whatever its size. */
  stream(options?: RawBodyOptions): Tagged<"body-raw", SchemaOf<StreamedFile, FileSource>>;
} = Object.assign(
  (schema: unknown, options?: ParsedBodyOptions): never =>
    options === undefined ? place("body", schema) : place("body-raw", schema, { ...options, form: "parsed" }),
  {
    text: (options?: RawBodyOptions): never =>
      place("body-raw", string(), { types: ["text/plain"], ...options, form: "text" }),
    bytes: (options?: RawBodyOptions): never =>
      place("body-raw", instanceOf(Uint8Array), { types: [OCTETS], ...options, form: "bytes" }),
    stream: (options?: RawBodyOptions): never =>
      place("body-raw", anyFile(), { types: [OCTETS], ...options, form: "stream" }),
  },
);

const OCTETS = "application/octet-stream";
