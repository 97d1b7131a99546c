import { expectTypeOf, test } from "vitest";
import { z } from "zod";
import { file } from "./file.ts";
import { form } from "./place.ts";
import { procedure } from "./procedure-builder.ts";
import type { FileSource, StreamedFile, UploadedFile } from "./uploaded-file.ts";

const send = procedure
  .input({
    title: form(z.string()),
    one: file(),
    limited: file({ maxBytes: 1000, types: ["image/*"] }),
    maybe: z.optional(file()),
    several: z.array(file()),
    ruled: file(z.file().max(10)),
    ruledSeveral: file(z.array(z.file()).default([])),
    live: file.stream({ maxBytes: 1 }),
  })
  .output(z.void())
  .mutation(({ input }) => {
    expectTypeOf(input).toEqualTypeOf<{
      title: string;
      one: UploadedFile;
      limited: UploadedFile;
      maybe?: UploadedFile | undefined;
      several: UploadedFile[];
      ruled: UploadedFile;
      ruledSeveral: UploadedFile[];
      live: StreamedFile;
    }>();
  });

test("files are received as a whole or as they arrive, and sent as whatever gives bytes", () => {
  expectTypeOf<(typeof send)["~input"]>().toEqualTypeOf<{
    title: string;
    one: FileSource;
    limited: FileSource;
    maybe?: FileSource | undefined;
    several: FileSource[];
    ruled: FileSource;
    ruledSeveral?: FileSource[] | undefined;
    live: FileSource;
  }>();
});

test("a received file is a web file that can be saved", () => {
  expectTypeOf<UploadedFile>().toExtend<File>();
  expectTypeOf<UploadedFile["saveTo"]>().toEqualTypeOf<(path: string | URL) => Promise<void>>();
  // @ts-expect-error a type is a text
  file({ types: [1] });
});
