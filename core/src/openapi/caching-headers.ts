import type { HeadersObject } from "openapi3-ts/oas31";
import type { Operation, SuccessResponse } from "../operation/operation.ts";
import { readSchema } from "../schema/read-schema.ts";
import { holdsRichType } from "../schema/trait.ts";

/** What a success says to caches: replies to a credential are private, and some come in two forms. */
export function describeCaching(
  { kind, dependencies }: Operation,
  { schema, media }: SuccessResponse,
): HeadersObject {
  const isStream = kind === "stream";
  const isPrivate = dependencies.some(({ security }) => security !== undefined);
  const isRich = schema !== undefined && holdsRichType(readSchema(schema));
  const hasForms = isStream || media !== undefined || isRich;
  return {
    ...(isPrivate || isStream || isRich || media?.kind === "redirect" ? CACHE_CONTROL : {}),
    ...(hasForms ? VARY : {}),
    ...(isStream ? BUFFERING : {}),
  };
}

const CACHE_CONTROL: HeadersObject = {
  "cache-control": { description: "Who may keep it (RFC 9111, 5.2).", schema: { type: "string" } },
};

const VARY: HeadersObject = {
  vary: { description: "What chose this form of it (RFC 9110, 12.5.5).", schema: { type: "string" } },
};

const BUFFERING: HeadersObject = {
  "x-accel-buffering": { description: "Proxies pass it on at once.", schema: { const: "no" } },
};
