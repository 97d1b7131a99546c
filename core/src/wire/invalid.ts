/** What a quick verdict answers when a value does not fit; the interpreter then says why. */
export const INVALID: unique symbol = Symbol("invalid");
