import parseRange from "range-parser";

/** What a request asks for of `size` bytes: a part, the whole, or what there is not. Both ends of a part are included. */
export type Wanted = readonly [first: number, last: number] | "whole" | "unsatisfiable";

/**
 * Reads `Range` (RFC 9110, 14.2). What cannot be read is ignored, and so are several parts that do not join: the whole is a
 * right answer to them, and costs one reply instead of a multipart one.
 */
export function readRange(header: string | undefined, size: number): Wanted {
  if (header === undefined || !header.startsWith("bytes=")) {
    return "whole";
  }
  const suffix = SUFFIX.exec(header);
  // The library refuses a suffix that is longer than what there is, which stands for all of it (RFC 9110, 14.1.2).
  if (suffix !== null && Number(suffix[1]) > size && size > 0) {
    return [0, size - 1];
  }
  const parts = parseRange(size, header, { combine: true });
  if (parts === -1) {
    return "unsatisfiable";
  }
  const [part, ...others] = parts === -2 ? [] : parts;
  return part === undefined || others.length > 0 ? "whole" : [part.start, part.end];
}

const SUFFIX = /^bytes=\s*-(\d+)\s*$/;
