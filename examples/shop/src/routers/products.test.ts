import { readdir } from "node:fs/promises";
import { expect, it } from "vitest";
import { describeShop } from "../test-shop.ts";

const CHISEL = { name: "Paring chisel", description: "Thin and long", cents: 4800, stock: 2 };
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const picture = (bytes: BlobPart, type: string) => new File([bytes], "../../picture.png", { type });

describeShop("products", (shop) => {
  it("lists them by pages and by what is looked for, whatever signs that has", async () => {
    const { api } = shop().visit();
    const all = await api.products.list();
    expect(all).toHaveLength(5);
    expect(await api.products.list({ after: all[1]!.id, limit: 2 })).toEqual(all.slice(2, 4));
    expect((await api.products.list({ search: "BRASS" })).map(({ name }) => name)).toEqual([
      "Marking gauge",
      "Dovetail saw",
    ]);
    expect(await api.products.list({ search: "%" })).toEqual([]);
    expect(await api.products.list({ search: "'; drop table products; --" })).toEqual([]);
    expect(await api.products.read.safe({ id: 999 })).toMatchObject({ error: { code: "NOT_FOUND" } });
  });

  it("is changed by managers only", async () => {
    const statuses = await Promise.all(
      [shop().visit(), await shop().signIn("ada@example.com"), await shop().signIn("tom@shop.example")].map(
        async ({ api }) => {
          const result = await api.products.create.safe(CHISEL);
          return result.ok ? result.status : result.error.status;
        },
      ),
    );
    expect(statuses).toEqual([401, 403, 403]);
    const { api } = await shop().signIn("mira@shop.example");
    const created = await api.products.create(CHISEL);
    expect(created).toEqual({ ...CHISEL, id: created.id, hasPicture: false });
    expect(await api.products.create.safe(CHISEL)).toMatchObject({
      error: { code: "TAKEN", data: { field: "name" } },
    });
    expect(await api.products.update({ id: created.id, cents: 5000 })).toEqual({ ...created, cents: 5000 });
    expect(await api.products.update({ id: created.id })).toEqual({ ...created, cents: 5000 });
    expect(await api.products.update.safe({ id: 999, stock: 1 })).toMatchObject({
      error: { code: "NOT_FOUND" },
    });
  });

  it("shows a picture that a manager uploads, and keeps no other of it", async () => {
    const { api, fetch } = await shop().signIn("mira@shop.example");
    expect((await fetch("/products/1/picture")).status).toBe(404);
    expect(await api.products.setPicture({ id: 1, picture: picture(PNG, "image/png") })).toMatchObject({
      hasPicture: true,
    });
    await api.products.setPicture({ id: 1, picture: picture(PNG, "image/png") });
    const shown = await fetch("/products/1/picture");
    expect([
      shown.status,
      shown.headers.get("content-type"),
      shown.headers.get("content-disposition"),
    ]).toEqual([200, "image/png", expect.stringMatching(/^inline/)]);
    expect(new Uint8Array(await shown.arrayBuffer())).toEqual(PNG);
    const again = await fetch("/products/1/picture", {
      headers: { "if-none-match": shown.headers.get("etag")! },
    });
    expect(again.status).toBe(304);
    expect(await readdir(shop().config.pictureFolder)).toHaveLength(1);
  });

  it("refuses what is no picture, too large, of another type, or for no product; nothing of it stays", async () => {
    const { api } = await shop().signIn("mira@shop.example");
    const before = await readdir(shop().config.pictureFolder);
    const refused = async (id: number, file: File) => {
      const result = await api.products.setPicture.safe({ id, picture: file });
      return result.ok ? undefined : [result.error.status, result.error.code];
    };
    expect(await refused(2, picture("<script>alert(1)</script>", "image/png"))).toEqual([422, "NO_PICTURE"]);
    expect(await refused(2, picture(PNG, "image/svg+xml"))).toEqual([415, "UNSUPPORTED_MEDIA_TYPE"]);
    expect(await refused(2, picture(new Uint8Array(2_000_001), "image/png"))).toEqual([413, "TOO_LARGE"]);
    expect(await refused(999, picture(PNG, "image/png"))).toEqual([404, "NOT_FOUND"]);
    expect(await readdir(shop().config.pictureFolder)).toEqual(before);
  });
});
