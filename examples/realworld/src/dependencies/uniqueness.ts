import { dependency } from "@tenon/core";
import { Conflict } from "../data/conflict.ts";
import { TAKEN } from "../errors.ts";

/** A guard that turns a broken uniqueness rule of the database into the declared error. */
export const uniqueness = dependency.errors(TAKEN).resolve(async function* ({ errors }) {
  try {
    yield;
  } catch (error) {
    // What the handler throws arrives at the `yield`.
    throw error instanceof Conflict ? errors.TAKEN({ field: error.field }) : error;
  }
});
