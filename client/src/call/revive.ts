import { BYTES_TRANSFORMER } from "@tenon/core/wire";
import { SuperJSON, type SuperJSONResult } from "superjson";
import { TransportError } from "../transport-error.ts";

// An instance of our own: what the page registers with superjson is no business of a server.
const superjson = new SuperJSON();
superjson.registerCustom(BYTES_TRANSFORMER.transformer, BYTES_TRANSFORMER.name);

/** Revives the values that JSON does not have from `{ json, meta }`. Loaded with the first response that holds some. */
export function revive(enriched: unknown): unknown {
  try {
    return superjson.deserialize(enriched as SuperJSONResult, { inPlace: true });
  } catch (error) {
    throw new TransportError("MALFORMED", error);
  }
}
