import type { FrameworkCode } from "@tenon/core";
import { type ScalarGrammar, TEXT_RULES, type TextRules } from "@tenon/core/wire";
import type { Envelope } from "./response/problem.ts";
import { STREAM_DIALECT, type StreamDialect } from "./stream/dialect.ts";

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
  /**
   * What a parameter that does not fit keeps from running, where admission needs it: all of admission, or only what reads it.
   */
  readonly admission: "whole" | "stepwise";
  /** A body of another media type than the operation's: refused with 415, or taken as no body at all. */
  readonly mediaType: "refuse" | "ignore";
  /** A JSON body whose media type is not said: refused as one of another, or read all the same. */
  readonly untyped: "refuse" | "read";
  /** How a path with one slash too many or too few at its end leads to its operation. */
  readonly slashes: {
    readonly status: 307 | 308;
    /** The location names scheme and host (by `Host`), and leads on whatever the method; otherwise it is a path. */
    readonly isAbsolute: boolean;
  };
  /** Methods that addresses answer to by themselves: HEAD for GET, OPTIONS for all. */
  readonly ownMethods: readonly ("HEAD" | "OPTIONS")[];
  readonly streams: StreamDialect;
  /** What a socket's message is on the wire where its schema is a text: JSON like any other, or that text as it is. */
  readonly socketTexts: "json" | "plain";
  /** The scope of dependencies that name none. As `request`, they close after the last byte, or before a failure is told. */
  readonly defaultScope: "call" | "request";
  /**
   * What the document says: all that can occur, or, in brief, what FastAPI would: no default tags, and of errors those with a
   * description and 422, and of headers those with a description.
   */
  readonly document: "complete" | "brief";
  /** Ids of operations whose replies a brief document says nothing about but that there is one: `200`, any JSON. */
  readonly undescribed: readonly string[];
  /** The shape of error bodies; undefined for the canonical problem (RFC 9457). */
  readonly envelope: Envelope | undefined;
}

/** Tenon's own: strict types, no value dropped unseen, canonical problems. */
export const SEMANTICS: Semantics = Object.freeze({
  text: TEXT_RULES,
  json: undefined,
  statuses: Object.freeze({}),
  admission: "whole",
  mediaType: "refuse",
  untyped: "refuse",
  slashes: Object.freeze({ status: 308, isAbsolute: false }),
  ownMethods: Object.freeze(["HEAD", "OPTIONS"] as const),
  streams: STREAM_DIALECT,
  socketTexts: "json",
  defaultScope: "call",
  document: "complete",
  undescribed: Object.freeze([]),
  envelope: undefined,
});
