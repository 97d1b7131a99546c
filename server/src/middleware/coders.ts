import type { Transform } from "node:stream";
import type * as Zlib from "node:zlib";

/** A content coding (RFC 9110, 8.4.1; zstd: RFC 8878). */
export type Coding = "zstd" | "br" | "gzip";

/** All of them, the one that is preferred by default first. */
export const CODINGS: readonly Coding[] = ["zstd", "br", "gzip"];

/** One coding: whole bodies, and bodies that are made while they are sent. */
export interface Coder {
  encode(bytes: Uint8Array): Promise<Uint8Array>;
  open(): FlushableCoder;
}

/** A coder that can be told to give what it has. */
export interface FlushableCoder extends Transform {
  flush(callback: () => void): void;
}

/** The codings that the run time has. */
export type Coders = Readonly<Partial<Record<Coding, Coder>>>;

type Whole = (
  bytes: Uint8Array,
  options: object,
  callback: (error: Error | null, result: Uint8Array) => void,
) => void;
type Open = (options: object) => FlushableCoder;

let loaded: Promise<Coders> | undefined;

/** Finds out what the run time can, when a reply first needs it: `node:zlib` costs nothing until then. */
export function loadCoders(): Promise<Coders> {
  loaded ??= import("node:zlib").then(
    (zlib) => codersOf(zlib),
    () => ({}),
  );
  return loaded;
}

/** The codings of one version of the library: zstd from Node 22.15 on. */
export function codersOf(zlib: typeof Zlib): Coders {
  const { constants } = zlib;
  // Flushing after each chunk needs no history that the next one could not refer to, so that it is Z_SYNC_FLUSH.
  const gzip = { level: 6, flush: constants.Z_NO_FLUSH };
  // Quality 4 is as fast as gzip's 6, and smaller; the library's default, 11, is for files that are kept.
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
  const { zstdCompress, createZstdCompress } = zlib as Partial<
    Record<"zstdCompress" | "createZstdCompress", unknown>
  >;
  return {
    ...(typeof zstdCompress === "function" && typeof createZstdCompress === "function"
      ? { zstd: coderOf(zstdCompress as Whole, createZstdCompress as Open, {}) }
      : {}),
    br: coderOf(zlib.brotliCompress, zlib.createBrotliCompress, brotli),
    gzip: coderOf(zlib.gzip, zlib.createGzip, gzip, constants.Z_SYNC_FLUSH),
  };
}

function coderOf(whole: Whole, open: Open, options: object, flushKind?: number): Coder {
  return {
    encode: (bytes) =>
      new Promise((resolve, reject) => {
        whole(bytes, options, (error, result) => (error === null ? resolve(result) : reject(error)));
      }),
    open: () => {
      const coder = open(options);
      if (flushKind !== undefined) {
        const flush = coder.flush.bind(coder) as unknown as (kind: number, callback: () => void) => void;
        coder.flush = (callback) => flush(flushKind, callback);
      }
      return coder;
    },
  };
}
