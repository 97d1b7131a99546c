/** The longest texts that columns with an index hold, in characters; input schemas name the same figures. */
export const LIMITS = { username: 100, email: 254, tag: 100, slug: 200 } as const;
