import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { parse } from "yaml";

const OFFICIAL = new URL("../fixtures/openapi/oas-3.1/", import.meta.url);

/** The official schema of OpenAPI 3.1, with the dialect of its schema objects. */
export function officialValidator(): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  // ajv looks for `$dynamicAnchor` in the wrong place; without an overriding dialect a plain reference says the same.
  const text = JSON.stringify(readYaml("schema.yaml")).replaceAll(
    '"$dynamicRef":"#meta"',
    '"$ref":"#/$defs/schema"',
  );
  return ajv.compile(JSON.parse(text) as object);
}

/** Documents that the authors of the specification say are right, or wrong. */
export function officialExamples(
  verdict: "pass" | "fail",
): readonly (readonly [name: string, document: object])[] {
  // The base schema leaves schema objects to the dialect.
  return readdirSync(new URL(`${verdict}/`, OFFICIAL))
    .filter((name) => verdict === "pass" || !name.includes("schema"))
    .map((name) => [name, readYaml(`${verdict}/${name}`)] as const);
}

function readYaml(name: string): object {
  return parse(readFileSync(new URL(name, OFFICIAL), "utf8")) as object;
}
