import { expect, it } from "vitest";
import { STATUS_TITLE } from "../error/status-title.ts";
import { status } from "./status.ts";

it("names each status as its title does", () => {
  for (const [name, number] of Object.entries(status)) {
    expect(name).toBe(STATUS_TITLE[number]?.toUpperCase().replaceAll(/[ -]/g, "_"));
  }
  const unnamed = Object.keys(STATUS_TITLE).filter(
    (number) => !(Object.values(status) as number[]).includes(Number(number)),
  );
  // A protocol switch, a part of a file, and a teapot are nobody's to declare.
  expect(unnamed).toEqual(["101", "206", "418"]);
});
