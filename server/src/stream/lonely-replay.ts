import type { Logger, Operation } from "@tenon/core";

/** Warns where events are kept in one of several workers: a caller who comes back may meet another one. */
export function warnOfLonelyReplay(operations: readonly Operation[], logger: Logger): void {
  const lonely = operations.filter(({ procedure }) => procedure.lasting.replay?.isShared === false);
  if (lonely.length > 0 && isOneOfSeveral()) {
    const ids = lonely.map(({ id }) => `'${id}'`).join(", ");
    logger.warn(
      `${ids} keeps events in this worker only: use a store that all workers share, such as redisReplay`,
    );
  }
}

/** A process of node:cluster, which names its workers by this variable. */
function isOneOfSeveral(): boolean {
  return (globalThis as { process?: NodeJS.Process }).process?.env["NODE_UNIQUE_ID"] !== undefined;
}
