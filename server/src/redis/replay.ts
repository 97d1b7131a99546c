import { DefinitionError, type ReplayStore } from "@tenon/core";
import { type RedisClient, redisScript } from "./script.ts";

/** Bounds of `redisReplay`. */
export interface RedisReplayOptions {
  /** Events of one stream; 1000 by default. */
  events?: number;
  /** Bytes of one stream; 1 MiB by default. */
  size?: number;
  /** Milliseconds that a stream is kept after its last event; 5 minutes by default. */
  age?: number;
  prefix?: string;
}

// A list of events, each with its id on the first line; the ids again, to find one in one step, and their bytes under no id.
const append = redisScript(`
local events, ids = KEYS[1], KEYS[2]
local id, text = ARGV[1], ARGV[2]
local most, size, age = tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5]
if redis.call('HSETNX', ids, id, 1) == 0 then
  return 0
end
local count = redis.call('RPUSH', events, id .. '\\n' .. text)
local bytes = redis.call('HINCRBY', ids, '', #id + #text + 1)
while count > most or (bytes > size and count > 0) do
  local oldest = redis.call('LPOP', events)
  redis.call('HDEL', ids, string.match(oldest, '^[^\\n]*'))
  bytes = redis.call('HINCRBY', ids, '', -#oldest)
  count = count - 1
end
redis.call('PEXPIRE', events, age)
redis.call('PEXPIRE', ids, age)
return 1
`);

const after = redisScript(`
if ARGV[1] == '' or redis.call('HEXISTS', KEYS[2], ARGV[1]) == 0 then
  return false
end
local found = {}
local isAfter = false
for _, event in ipairs(redis.call('LRANGE', KEYS[1], 0, -1)) do
  if isAfter then
    found[#found + 1] = event
  elseif string.match(event, '^[^\\n]*') == ARGV[1] then
    isAfter = true
  end
end
return found
`);

/** Keeps the last events of streams in Redis, for callers who come back to another worker. The client is yours: connect it, and close it. */
export function redisReplay(client: RedisClient, options: RedisReplayOptions = {}): ReplayStore {
  const { events = 1000, size = 1024 * 1024, age = 5 * 60_000, prefix = "tenon:replay:" } = options;
  if ([events, size, age].some((bound) => !(bound >= 1))) {
    throw new DefinitionError("BAD_OPTION", "redisReplay: its bounds are numbers from 1");
  }
  // In braces, so that a cluster keeps both in one place.
  const keysOf = (stream: string): string[] => [`${prefix}{${stream}}:events`, `${prefix}{${stream}}:ids`];
  return {
    isShared: true,
    append: async (stream, { id, text }) => {
      const bounds = [events, size, age].map((bound) => String(Math.floor(bound)));
      await append(client, { keys: keysOf(stream), arguments: [id, text, ...bounds] });
    },
    after: async (stream, id) => {
      const found = (await after(client, { keys: keysOf(stream), arguments: [id] })) as string[] | null;
      return found?.map((event) => {
        const end = event.indexOf("\n");
        return { id: event.slice(0, end), text: event.slice(end + 1) };
      });
    },
  };
}
