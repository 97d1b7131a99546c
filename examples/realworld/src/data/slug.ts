import { createHash } from "node:crypto";
import { LIMITS } from "./limits.ts";

/** The address of an article, made from its title: the same title always gives the same slug. */
export function slugOf(title: string): string {
  const slug = title
    .normalize("NFKD")
    // Accents on letters go; the voicing marks of Japanese, for one, are letters' own and come back by NFC.
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Mark}\p{Number}]+/gu, "-")
    .replace(/^-|-$/g, "");
  if (slug.length > LIMITS.slug) {
    return withFingerprint(shorten(slug), title);
  }
  return slug === "" || RESERVED.has(slug) ? withFingerprint(slug || "article", title) : slug;
}

// `/articles/feed` is another operation, so no article may live there.
const RESERVED = new Set(["feed"]);

const FINGERPRINT_LENGTH = 10;

function withFingerprint(slug: string, title: string): string {
  const fingerprint = createHash("sha256").update(title).digest("hex").slice(0, FINGERPRINT_LENGTH);
  return `${slug}-${fingerprint}`;
}

/** Cuts between characters, never inside a surrogate pair. */
function shorten(slug: string): string {
  const room = LIMITS.slug - FINGERPRINT_LENGTH - 1;
  return slug.slice(0, room).replace(/[\ud800-\udbff]$/, "");
}
