import { z } from "zod";
import { LIMITS } from "../data/limits.ts";

/** What Conduit says about a field that nobody filled in. */
export const BLANK = "can't be blank";

// PostgreSQL cannot store U+0000 in a text, so nobody may send one.
const STORABLE = /^[^\u0000]*$/;

/** Says the same of `null` as of the empty text. */
export const required = {
  error: ({ input }: { input?: unknown }) => (input === null || input === undefined ? BLANK : undefined),
};

/** Any text, the empty one too. */
export const Text = z.string(required).regex(STORABLE, "can't hold U+0000");

/** Text that somebody has to write. */
export const FilledText = Text.min(1, BLANK);

/** The name that a user goes by. */
export const Username = FilledText.max(LIMITS.username, "is too long");

/** The address of an article. */
export const Slug = Text.meta({ description: "The address of an article, made from its title" });

/** A label of an article. */
export const Tag = FilledText.max(LIMITS.tag, "is too long");
