import type { FrameworkError } from "../response/problem.ts";
import { refuse } from "./refuse.ts";
import type { SpooledFile } from "./spool.ts";
import type { Storage } from "./storage.ts";
import { ReceivedFile } from "./uploaded-file.ts";

/** What a part says about itself, and how large it may be. */
export interface FileHead {
  /** The name of its field, as declared. */
  readonly field: string;
  readonly name: string;
  readonly type: string;
  readonly maxBytes: number;
}

/** Receives a file as a whole: in memory at first, on disk once it is large. Rejects with 413 as soon as it is too large. */
export async function receiveFile(
  source: AsyncIterable<Uint8Array>,
  { field, name, type, maxBytes }: FileHead,
  storage: Storage,
): Promise<ReceivedFile> {
  let chunks: Uint8Array[] = [];
  let size = 0;
  let spooled: SpooledFile | undefined;
  let isInMemory = false;
  for await (const chunk of source) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      throw fileTooLarge(field, maxBytes);
    }
    if (spooled !== undefined) {
      await spooled.write(chunk);
      continue;
    }
    chunks.push(chunk);
    if (isInMemory) {
      storage.hold(chunk.byteLength);
    } else if (size > storage.memory) {
      spooled = await storage.open();
      isInMemory = spooled === undefined;
      if (spooled === undefined) {
        storage.hold(size);
      } else {
        for (const held of chunks) {
          await spooled.write(held);
        }
        chunks = [];
      }
    }
  }
  const content = spooled === undefined ? chunks : [await spooled.finish()];
  return new ReceivedFile(content as BlobPart[], name, type, spooled);
}

/** 413 for one file. */
export function fileTooLarge(field: string, maxBytes: number): FrameworkError {
  return refuse("TOO_LARGE", `the file '${field}' is larger than ${maxBytes} bytes`);
}
