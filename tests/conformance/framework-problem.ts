import type { FrameworkCode } from "@tenon/core";

const problem = (codes: readonly string[]): object => ({
  type: "object",
  properties: {
    type: { type: "string", format: "uri-reference" },
    title: { type: "string", minLength: 1 },
    status: { type: "integer" },
    code: { enum: codes },
    detail: { type: "string" },
    errors: {
      type: "array",
      maxItems: 50,
      items: {
        type: "object",
        properties: { in: { const: "body" }, path: { type: "array" }, code: { type: "string" } },
        required: ["in", "path", "code", "message"],
      },
    },
    truncated: { const: true },
  },
  required: ["type", "title", "status", "code"],
  additionalProperties: false,
});

/** The schema of what is answered where no operation is, written down here a second time on purpose. */
export const FRAMEWORK_PROBLEM: object = problem([
  "MALFORMED_REQUEST",
  "ROUTE_NOT_FOUND",
  "METHOD_NOT_ALLOWED",
] satisfies FrameworkCode[]);

/** The schema of a refused flat input. */
export const INPUT_PROBLEM: object = problem([
  "MALFORMED_BODY",
  "TOO_LARGE",
  "UNSUPPORTED_MEDIA_TYPE",
  "INVALID_INPUT",
] satisfies FrameworkCode[]);
