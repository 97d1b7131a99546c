import { enrich, toWire } from "@tenon/core/wire";

/** The media type by which the typed client asks for values that JSON does not have. */
export const RICH_TYPE = "application/vnd.tenon+json";

/** Replies to a credential are for their owner alone, and what only the typed client reads is for nobody else. */
export const PRIVATE = "private, no-store";

/** The caller is a typed client that revives rich values. */
export function acceptsRich(accept: string | undefined): boolean {
  return accept?.includes(RICH_TYPE) ?? false;
}

/** `json` is byte for byte the plain body; `meta` says what to revive. */
export function enriched(rich: unknown): string {
  const json = JSON.stringify(toWire(rich));
  const meta = enrich(rich);
  return meta === undefined ? `{"json":${json}}` : `{"json":${json},"meta":${JSON.stringify(meta)}}`;
}

/** A message with values that JSON does not have begins with a record separator, which no JSON text does (RFC 7464, 2.2). */
export function enrichedMessage(rich: unknown): string {
  const json = JSON.stringify(toWire(rich));
  const meta = enrich(rich);
  return meta === undefined ? json : `\x1e{"json":${json},"meta":${JSON.stringify(meta)}}`;
}
