import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { settings, SettingsError } from "../settings.ts";

const folder = mkdtempSync(join(tmpdir(), "settings-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const shape = {
  ADMIN_EMAIL: z.email(),
  itemsPerUser: z.int().default(50),
  isDebug: z.boolean().default(false),
  hosts: z.array(z.string()).optional(),
  databaseUrl: z.string().meta({ secret: true }).optional(),
};

it("reads variables by their declared types", () => {
  const env = {
    ADMIN_EMAIL: "a@b.test",
    ITEMS_PER_USER: "7",
    IS_DEBUG: "yes",
    HOSTS: "a.test, b.test",
    OTHER: "x",
  };
  const read = settings(shape, { env });
  expectTypeOf(read).toEqualTypeOf<{
    readonly ADMIN_EMAIL: string;
    readonly itemsPerUser: number;
    readonly isDebug: boolean;
    readonly hosts: string[] | undefined;
    readonly databaseUrl: string | undefined;
  }>();
  expect({ ...read }).toEqual({
    ADMIN_EMAIL: "a@b.test",
    itemsPerUser: 7,
    isDebug: true,
    hosts: ["a.test", "b.test"],
  });
  expect(Object.isFrozen(read)).toBe(true);
});

it("reads files, the environment first, then one file after the other", () => {
  const files = [
    file("first.env", 'ADMIN_EMAIL="first@b.test"\nITEMS_PER_USER=1\n# a comment\n'),
    join(folder, "missing.env"),
    file("second.env", "ADMIN_EMAIL=second@b.test\nIS_DEBUG=true\n"),
  ];
  expect({ ...settings(shape, { files, env: { ITEMS_PER_USER: "2" } }) }).toEqual({
    ADMIN_EMAIL: "first@b.test",
    itemsPerUser: 2,
    isDebug: true,
  });
});

it("lists all that is wrong at once, and no value", () => {
  const env = { ITEMS_PER_USER: "many", IS_DEBUG: "perhaps", DATABASE_URL: "postgres://user:hunter2@db" };
  const read = (): unknown => settings(shape, { env });
  expect(read).toThrow(SettingsError);
  expect(read).toThrow(
    "the settings are not usable:\n  ADMIN_EMAIL: A value is required\n  ITEMS_PER_USER: Expected integer\n  IS_DEBUG: Expected boolean",
  );
  expect(read).not.toThrow("hunter2");
});

it("shows no secret", () => {
  const env = { ADMIN_EMAIL: "a@b.test", DATABASE_URL: "postgres://user:hunter2@db" };
  const read = settings(shape, { env });
  expect(read.databaseUrl).toContain("hunter2");
  expect(JSON.stringify(read)).toContain('"databaseUrl":"***"');
  expect(inspect(read)).toContain("databaseUrl: '***'");
  expect(inspect({ nested: read }) + JSON.stringify({ nested: read })).not.toContain("hunter2");
});

it("reads names that begin alike", () => {
  expect({ ...settings({ port: z.int() }, { env: { SHOP_PORT: "80" }, prefix: "SHOP_" }) }).toEqual({
    port: 80,
  });
});

it("refuses what is no schema, and rules that take time", () => {
  expect(() => settings({ port: 80 })).toThrow("the setting 'port' is no schema");
  const slow = z.string().refine(async () => true);
  expect(() => settings({ slow }, { env: { SLOW: "x" } })).toThrow("has asynchronous rules");
});
