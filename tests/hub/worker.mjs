// Follows a topic on the hub of its environment, publishes what its parent says, and tells it the first two messages.
import { topic } from "@tenon/core";
import { openHub, postgresHub, redisHub } from "@tenon/server/hub";
import pg from "pg";
import { createClient } from "redis";
import { z } from "zod";

const { TEST_REDIS_URL: url, TEST_DATABASE_URL: connectionString } = process.env;
const words = topic("words", z.string());
const backing =
  url === undefined
    ? postgresHub({ client: () => new pg.Client({ connectionString }) })
    : redisHub(await createClient({ url }).connect());
const hub = await openHub(backing);
const followed = await hub.follow(words);
process.on("message", (word) => void hub.publish(words, word));
process.send("ready");
const first = await followed.next();
const second = await followed.next();
process.send([first.value, second.value]);
