import { ApiError } from "@tenon/core";
import type { BodyFailure } from "./exchange.ts";

/** Reads a body to its end, or until it is too large. Throws what whoever gives it refuses it with. */
export async function readAll(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<Uint8Array | BodyFailure> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of chunks) {
      size += chunk.byteLength;
      if (size > limit) {
        return "too-large";
      }
      parts.push(chunk);
    }
  } catch (error) {
    if (error instanceof ApiError) {
      throw error;
    }
    return "aborted";
  }
  if (parts.length === 1) {
    return parts[0] as Uint8Array;
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.byteLength;
  }
  return whole;
}
