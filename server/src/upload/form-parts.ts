import type { StreamedFile } from "@tenon/core";

/** What one part carries. A part of another kind than its field asks for stands as a text without its content. */
export type PartValue = string | File | StreamedFile;

/** The parts of a form by name: one, or several in the order in which they came. Null prototype: names come from outside. */
export type FormParts = Readonly<Record<string, PartValue | readonly PartValue[]>>;

/** Gathers parts by name; a place is taken when the part begins, and may stay empty. */
export class PartList {
  readonly #values: Record<string, (PartValue | undefined)[]> = Object.create(null);

  /** Takes the next place under a name; gives what fills it. */
  take(name: string): (value: PartValue) => void {
    const places = (this.#values[name] ??= []);
    const index = places.push(undefined) - 1;
    return (value) => {
      places[index] = value;
    };
  }

  /** The parts that are there by now. */
  parts(): FormParts {
    const parts: Record<string, PartValue | readonly PartValue[]> = Object.create(null);
    for (const name in this.#values) {
      const values = (this.#values[name] ?? []).filter((value) => value !== undefined);
      const [first, ...others] = values;
      if (first !== undefined) {
        parts[name] = others.length === 0 ? first : values;
      }
    }
    return parts;
  }
}
