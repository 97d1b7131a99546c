import { createHash } from "node:crypto";

/** What is needed of a client of Redis: one of `redis` (node-redis) has it. */
export interface RedisClient {
  eval(script: string, options: ScriptOptions): Promise<unknown>;
  evalSha(digest: string, options: ScriptOptions): Promise<unknown>;
}

/** What a script is given. */
export interface ScriptOptions {
  keys: string[];
  arguments: string[];
}

/** A script that is one step in Redis. It travels once; a Redis that was restarted asks for it again. */
export function redisScript(
  source: string,
): (client: RedisClient, options: ScriptOptions) => Promise<unknown> {
  const digest = createHash("sha1").update(source).digest("hex");
  return async (client, options) => {
    try {
      return await client.evalSha(digest, options);
    } catch (error) {
      if (!(error as Error).message.startsWith("NOSCRIPT")) {
        throw error;
      }
      return client.eval(source, options);
    }
  };
}
