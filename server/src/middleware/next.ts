import type { MaybePromise } from "@tenon/core";
import type { Reply } from "../exchange/reply.ts";

/** What a built-in middleware goes on with: unlike those of an app it sees the body, too. */
export type Next = () => MaybePromise<Reply>;
