import type { FrameworkCode } from "@tenon/core";
import { type ScalarGrammar, TEXT_RULES, type TextRules } from "@tenon/core/wire";
import type { Envelope } from "./response/problem.ts";

/**
 * What an application takes a request to mean, and how it words a refusal: each choice once, for decoder, failure and
 * document alike. Compiling receives it; a profile is another frozen object.
 */
export interface Semantics {
  /** How paths, queries, headers, cookies and form fields are read. */
  readonly text: TextRules;
  /** How scalars of JSON bodies are read, where JSON's own types are not insisted on; undefined where they are. */
  readonly json: ScalarGrammar | undefined;
  /** Statuses of the framework's own failures, where they differ from `FRAMEWORK_STATUS`. */
  readonly statuses: Readonly<Partial<Record<FrameworkCode, number>>>;
  /** The shape of error bodies; undefined for the canonical problem (RFC 9457). */
  readonly envelope: Envelope | undefined;
}

/** Tenon's own: strict types, no value dropped unseen, canonical problems. */
export const SEMANTICS: Semantics = Object.freeze({
  text: TEXT_RULES,
  json: undefined,
  statuses: Object.freeze({}),
  envelope: undefined,
});
