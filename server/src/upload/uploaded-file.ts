import type { UploadedFile } from "@tenon/core";
import type { SpooledFile } from "./spool.ts";

/** A file that was received as a whole: a real web `File`, in memory or on disk. */
export class ReceivedFile extends File implements UploadedFile {
  readonly #spooled: SpooledFile | undefined;

  constructor(content: BlobPart[], name: string, type: string, spooled?: SpooledFile) {
    super(content, name, { type });
    this.#spooled = spooled;
  }

  async saveTo(path: string | URL): Promise<void> {
    if (this.#spooled === undefined) {
      const { saveBytes } = await import("./save-file.ts");
      await saveBytes(new Uint8Array(await this.arrayBuffer()), path);
    } else {
      await this.#spooled.saveTo(path);
    }
  }

  async discard(): Promise<void> {
    await this.#spooled?.remove();
  }
}
