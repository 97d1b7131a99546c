/** `items.markAsRead` → `ItemsMarkAsRead`, `NOT_FOUND` → `NotFound`: how a component is named after something. */
export function pascal(text: string): string {
  return wordsOf(text)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** The words of a name in lower case: `markAsRead`, `mark_as_read`, `MARK_AS_READ`. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

/** The singular of an English noun, near enough for a heading. */
export function singular(noun: string): string {
  if (/[^aeiou]ies$/.test(noun)) {
    return `${noun.slice(0, -3)}y`;
  }
  if (/(?:[sxz]|ch|sh)es$/.test(noun)) {
    return noun.slice(0, -2);
  }
  return /[^su]s$/.test(noun) ? noun.slice(0, -1) : noun;
}
