import type { MaybePromise } from "../schema/issue.ts";
import type { DiscriminatedUnionNode, IntersectionNode, SchemaNode, UnionNode } from "../schema/node.ts";
import { countLost } from "./best-option.ts";
import { complaintOf, wrongTag, wrongType } from "./complain.ts";
import { encodedAs } from "./encode-scalar.ts";
import { all, chain } from "./maybe-promise.ts";
import { isObject, mergeValues, readKey } from "./object-value.ts";
import { type Encoded, type Run, refused } from "./outcome.ts";
import { optionOf, refuseAmbiguous, refuseUnion, tagsOf } from "./union.ts";

/** Encodes a union by the option that fits and loses the fewest fields; the first of equals. */
export function encodeUnion(
  node: UnionNode,
  value: unknown,
  depth: number,
  run: Run<Encoded>,
): MaybePromise<Encoded> {
  return encodeOptions(node.options, node.isExclusive ? node : undefined, value, depth, run);
}

function encodeOptions(
  options: readonly SchemaNode[],
  exclusive: SchemaNode | undefined,
  value: unknown,
  depth: number,
  run: Run<Encoded>,
): MaybePromise<Encoded> {
  const [only] = options;
  if (options.length === 1 && only !== undefined) {
    return run.visit(only, value, depth, run);
  }
  return chain(all(options.map((option) => run.visit(option, value, depth, run))), (parts) => {
    const fitting = parts.filter((part) => part.complaints.length === 0);
    if (exclusive !== undefined && fitting.length > 1) {
      return encodedAs(refuseAmbiguous(exclusive, value));
    }
    let best: Encoded | undefined;
    let fewest = Number.POSITIVE_INFINITY;
    for (const [index, part] of parts.entries()) {
      const lost = countLost(options[index] as SchemaNode, value, part.value);
      if (part.complaints.length === 0 && lost < fewest) {
        best = part;
        fewest = lost;
      }
    }
    return best ?? encodedAs(refuseUnion(options, parts, value));
  });
}

/** Encodes a discriminated union by the tag of its server-side value. */
export function encodeDiscriminated(
  node: DiscriminatedUnionNode,
  value: unknown,
  depth: number,
  run: Run<Encoded>,
): MaybePromise<Encoded> {
  if (!isObject(value)) {
    return encodedAs(refused(value, wrongType(node, "object", value)));
  }
  const tag = readKey(value, node.discriminator);
  const claim = optionOf(node, tag);
  if (claim !== undefined) {
    return run.visit(claim.node, value, depth, run);
  }
  const options = node.options.map((option) => option.node);
  // Where tags are written by a codec, the server side has others than the schema lists.
  return chain(encodeOptions(options, undefined, value, depth, run), (encoded) =>
    encoded.complaints.length === 0 || node.fallsBack
      ? encoded
      : encodedAs(refused(value, wrongTag(node, node.discriminator, tagsOf(node), value))),
  );
}

/** Encodes an intersection: both sides encode the whole, and what they keep is merged. */
export function encodeIntersection(
  node: IntersectionNode,
  value: unknown,
  depth: number,
  run: Run<Encoded>,
): MaybePromise<Encoded> {
  const sides = [run.visit(node.left, value, depth, run), run.visit(node.right, value, depth, run)];
  return chain(all(sides), ([left, right]) => mergeSides(left as Encoded, right as Encoded));
}

function mergeSides(left: Encoded, right: Encoded): Encoded {
  const complaints = [...left.complaints, ...right.complaints];
  const value = mergeValues(left.value, right.value);
  const rich = mergeValues(left.rich, right.rich);
  if (complaints.length > 0 || (value !== undefined && rich !== undefined)) {
    return { value: value?.value, rich: rich?.value, complaints };
  }
  return encodedAs(
    refused(undefined, complaintOf("The two sides of the intersection give different values")),
  );
}
