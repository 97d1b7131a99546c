import type { JobDefinition } from "@tenon/core";
import { safeDecode, safeEncode, SchemaError, type TypedSchema } from "@tenon/core/wire";

/** How an input is stored: in an object, since some engines keep nothing else. */
interface Payload {
  readonly input?: unknown;
}

/** An input as plain JSON. Throws a `SchemaError` for what the job's schema does not take. */
export async function encodePayload({ input: schema }: JobDefinition, input: unknown): Promise<Payload> {
  if (schema === undefined) {
    return {};
  }
  const encoded = await safeEncode(schema as TypedSchema<unknown>, input ?? {});
  if (!encoded.ok) {
    throw new SchemaError("encode", encoded.issues, encoded.truncated);
  }
  return { input: encoded.value };
}

/** The input of a stored payload, validated. Throws a `SchemaError` where the schema has become another one meanwhile. */
export async function decodePayload({ input: schema }: JobDefinition, payload: unknown): Promise<unknown> {
  if (schema === undefined) {
    return {};
  }
  const decoded = await safeDecode(schema as TypedSchema<unknown>, storedInput(payload));
  if (!decoded.ok) {
    throw new SchemaError("decode", decoded.issues, decoded.truncated);
  }
  return decoded.value;
}

/** The plain JSON of an input. */
export function storedInput(payload: unknown): unknown {
  return (payload as Payload | null | undefined)?.input;
}
