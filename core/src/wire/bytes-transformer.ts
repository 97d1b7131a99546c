import { decodeBase64, encodeBase64 } from "./base64.ts";

/** What a client registers with superjson (`registerCustom(transformer, name)`) before it revives replies. */
export const BYTES_TRANSFORMER: {
  readonly name: "bytes";
  readonly transformer: {
    readonly isApplicable: (value: unknown) => value is Uint8Array;
    readonly serialize: (value: Uint8Array) => string;
    readonly deserialize: (text: string) => Uint8Array;
  };
} = {
  name: "bytes",
  transformer: {
    isApplicable: (value) => value instanceof Uint8Array,
    serialize: encodeBase64,
    deserialize: (text) => decodeBase64(text) ?? new Uint8Array(),
  },
};
