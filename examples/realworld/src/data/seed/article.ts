/** An article in the sample data. */
export interface SampleArticle {
  readonly author: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly body: string;
  /** Who said what about it, the oldest first. */
  readonly comments?: readonly (readonly [author: string, body: string])[];
}

/** Markdown from its blocks. */
export function markdown(...blocks: readonly string[]): string {
  return blocks.join("\n\n");
}
