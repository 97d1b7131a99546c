import { z } from "zod";

/** The most articles in one reply. */
export const PAGE_LIMIT = 100;

/** Which part of a list; a shape, to be spread into an input. */
export const page = {
  limit: z
    .int()
    .min(1, "must be at least 1")
    .default(20)
    .meta({ description: `How many articles to return; never more than ${PAGE_LIMIT}` }),
  offset: z
    .int()
    .min(0, "must be at least 0")
    .default(0)
    .meta({ description: "How many articles to skip first" }),
};
