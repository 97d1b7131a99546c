/** `@tenon/server/hub`: messages to whoever follows, in whichever process. */
export type { BackingListener, HubBacking } from "./hub/backing.ts";
export { FollowerTooSlow } from "./hub/follower.ts";
export { memoryHub } from "./hub/memory-hub.ts";
export {
  type FollowOptions,
  type Hub,
  type HubOptions,
  openHub,
  type PublishOptions,
} from "./hub/open-hub.ts";
export { type PostgresClient, postgresHub, type PostgresHubOptions } from "./hub/postgres-hub.ts";
export { redisHub, type RedisPublisher, type RedisSubscriber } from "./hub/redis-hub.ts";
