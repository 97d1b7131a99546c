/**
 * A definition mistake in words. Nothing is ever assignable to it, so the sentence appears in the
 * compiler's message: `Mistake<"'/pets/{petId}' needs a 'petId' key in the input schema">`.
 */
export interface Mistake<Sentence extends string> {
  readonly "~mistake": Sentence;
}
