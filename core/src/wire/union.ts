import type { SchemaIssue } from "../schema/issue.ts";
import type { DiscriminatedUnionNode, LiteralValue, SchemaNode, TaggedOption } from "../schema/node.ts";
import { isAborted, type Outcome, refused } from "./outcome.ts";
import { branchPath } from "./zod-issue.ts";

/** The name of a union's option in its issues: what the author called it, its tag, or its place. */
export function branchName(option: SchemaNode, index: number, tags: readonly LiteralValue[] = []): string {
  const tag = tags.length === 1 ? String(tags[0]) : undefined;
  return option.meta.id ?? option.meta.title ?? tag ?? String(index);
}

/** What to say when no option of a union fits: what all of them say, or the one that nearly did. */
export function refuseUnion<Result extends Outcome>(
  options: readonly SchemaNode[],
  outcomes: readonly Result[],
  input: unknown,
): Result | Outcome {
  const near = outcomes.filter((outcome) => !isAborted(outcome));
  if (near.length === 1) {
    return near[0] as Result;
  }
  const complaints = outcomes.flatMap((outcome, index) => {
    const branch = branchName(options[index] as SchemaNode, index);
    return outcome.complaints.map(({ issue }) => ({
      issue: { ...issue, branch: branchPath(branch, issue) } satisfies SchemaIssue,
      isSoft: false,
    }));
  });
  return { value: input, complaints };
}

/** An exclusive union is refused when more than one option fits. */
export function refuseAmbiguous(node: SchemaNode, input: unknown): Outcome {
  const message = `Fits more than one ${node.meta.title ?? "alternative"} where exactly one is allowed`;
  return { ...refused(input, { path: [], code: "union", message }), isAborted: false };
}

/** The option of a discriminated union that claims a tag; `undefined` for none, or for two that leave it out. */
export function optionOf(node: DiscriminatedUnionNode, tag: unknown): TaggedOption | undefined {
  const claims = node.options.filter((option) => option.tags.includes(tag as LiteralValue));
  return claims.length === 1 ? claims[0] : undefined;
}

/** All tags of a discriminated union, in the order of its options. */
export function tagsOf(node: DiscriminatedUnionNode): readonly LiteralValue[] {
  return node.options.flatMap((option) => option.tags);
}
