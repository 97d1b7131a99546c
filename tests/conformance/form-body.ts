import type { MediaTypeObject, SchemaObject } from "@tenon/core/openapi";

/** What a document says of one field: the media type of its part. */
interface Encoding {
  readonly contentType?: string;
  readonly style?: string;
}

/** Fields of a form as they are written. */
export type FormEntries = readonly (readonly [name: string, value: string | File])[];

/** One field's value as entries of the form, by what its schema and its encoding say. */
export function formEntries(media: MediaTypeObject, name: string, value: unknown): FormEntries {
  const schema = (media.schema as SchemaObject).properties?.[name] as SchemaObject | undefined;
  const encoding: Encoding | undefined = media.encoding?.[name];
  if (encoding?.style === "deepObject" && typeof value === "object" && value !== null) {
    return Object.entries(value).map(([key, each]) => [`${name}[${key}]`, String(each)] as const);
  }
  const fields = schema?.properties as Record<string, SchemaObject> | undefined;
  if (fields !== undefined && Object.values(fields).some(isFile)) {
    return Object.entries(value as object).map(
      ([key, each]) => [`${name}[${key}]`, writeField(fields[key], undefined, each)] as const,
    );
  }
  const values = Array.isArray(value) && encoding?.contentType !== "application/json" ? value : [value];
  return values.map((each) => [name, writeField(schema, encoding, each)] as const);
}

function writeField(
  schema: SchemaObject | undefined,
  encoding: Encoding | undefined,
  value: unknown,
): string | File {
  if (isFile(schema)) {
    const [type = "application/octet-stream"] = (encoding?.contentType ?? "").split(", ");
    return new File([JSON.stringify(value)], "a.bin", {
      type: type === "" ? "application/octet-stream" : type,
    });
  }
  const isText = typeof value === "string" && encoding?.contentType !== "application/json";
  return isText ? value : JSON.stringify(value);
}

/** Tells whether a field holds files. */
export function isFile(schema: SchemaObject | undefined): boolean {
  const one = (schema?.items as SchemaObject | undefined) ?? schema;
  return one?.contentMediaType !== undefined && one.contentMediaType !== "application/json";
}

/** A form of entries. */
export function writeForm(type: string, entries: FormEntries): URLSearchParams | FormData {
  const form = type === "multipart/form-data" ? new FormData() : new URLSearchParams();
  for (const [name, value] of entries) {
    form.append(name, value as string);
  }
  return form;
}
