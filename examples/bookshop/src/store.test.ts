import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createApp } from "@tenon/server";
import { procedure } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { store } from "./store.ts";

it("keeps covers in a folder for as long as the app runs", async () => {
  const app = createApp({
    folder: {
      read: procedure
        .use({ store })
        .output(z.string())
        .query(async ({ store }) => {
          const book = store.add({ title: "T", author: "A", tags: [] });
          await store.saveCover(book, new File(["png!"], "a.png"));
          return store.folder;
        }),
    },
  });
  const folder = (await (await app.fetch(new Request("http://localhost/folder"))).json()) as string;
  expect(readFileSync(join(folder, "1.cover"), "utf8")).toBe("png!");
  await app.stop();
  expect(existsSync(folder)).toBe(false);
});
