import type { Issue } from "@tenon/core";
import type { Envelope, ProblemDocument } from "@tenon/server";
import { match, P } from "ts-pattern";
import { z } from "zod";
import { BLANK } from "./schemas/text.ts";

/** Conduit's shape of error bodies: `{ errors: { title: ["can't be blank"] } }`. */
export const envelope: Envelope = {
  schema: z.object({ errors: z.record(z.string(), z.array(z.string())) }).meta({ id: "GenericErrorModel" }),
  map: (problem) => ({ errors: messagesOf(problem) }),
};

type Messages = Readonly<Record<string, readonly string[]>>;

function messagesOf(problem: ProblemDocument): Messages {
  return match(problem)
    .returnType<Messages>()
    .with({ code: "INVALID_INPUT", errors: P.nonNullable }, ({ errors }) => byField(errors))
    .with({ code: "MALFORMED_BODY" }, () => ({ body: ["is not valid JSON"] }))
    .with({ code: "UNAUTHENTICATED", detail: P.string }, () => ({ token: ["is invalid"] }))
    .with({ code: "UNAUTHENTICATED" }, () => ({ token: ["is missing"] }))
    .with({ code: "WRONG_CREDENTIALS" }, () => ({ credentials: ["invalid"] }))
    .with({ code: "NOT_FOUND", data: { resource: P.string } }, ({ data }) => ({
      [data.resource]: ["not found"],
    }))
    .with({ code: "NOT_YOURS", data: { resource: P.string } }, ({ data }) => ({
      [data.resource]: ["forbidden"],
    }))
    .with({ code: "TAKEN", data: { field: P.string } }, ({ data }) => ({
      [data.field]: ["has already been taken"],
    }))
    .otherwise(({ status, title }) => ({ [status < 500 ? "request" : "server"]: [title.toLowerCase()] }));
}

/** What is wrong with each field; a blank one is not told what else it is not. */
function byField(issues: readonly Issue[]): Messages {
  const messages = new Map<string, Set<string>>();
  for (const issue of issues) {
    // The name nearest to the fault: "email" of user.email, "tagList" of article.tagList[0].
    const field = issue.path.findLast((key) => typeof key === "string") ?? issue.in;
    messages.set(field, (messages.get(field) ?? new Set()).add(sentenceOf(issue)));
  }
  return Object.fromEntries(
    [...messages].map(([field, found]) => [field, found.has(BLANK) ? [BLANK] : [...found]]),
  );
}

/** A sentence that goes on after the field's name. */
function sentenceOf({ code, message }: Issue): string {
  return code === "missing" ? BLANK : message.charAt(0).toLowerCase() + message.slice(1);
}
