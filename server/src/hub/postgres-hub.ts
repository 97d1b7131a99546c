import type { BackingListener, HubBacking } from "./backing.ts";

/** What is needed of a connection to PostgreSQL: a `Client` of `pg` has it. */
export interface PostgresClient {
  connect(): Promise<unknown>;
  query(text: string, values?: unknown[]): Promise<unknown>;
  on(event: "notification", listener: (notification: { payload?: string | undefined }) => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  on(event: "end", listener: () => void): unknown;
  end(): Promise<void>;
}

/** Options of `postgresHub`. */
export interface PostgresHubOptions {
  /** Makes a connection that nobody else uses: `() => new pg.Client({ connectionString })`. */
  client: () => PostgresClient;
  /** The channel of `LISTEN` and `NOTIFY`, which all processes share; `tenon_hub` by default. */
  channel?: string;
  /** Milliseconds before another attempt to connect; 500 by default, doubled each time up to 30 s. */
  retryDelay?: number;
}

/** `NOTIFY` carries less than 8000 bytes (PostgreSQL, NOTIFY). */
const LIMIT = 7999;
const LONGEST_DELAY = 30_000;

/**
 * Carries messages through PostgreSQL (`LISTEN`, `NOTIFY`): at most once, to whoever is connected, less than 8000 bytes each: larger
 * things are published by their id. A connection that is lost is opened again; what was published meanwhile is a gap.
 */
export function postgresHub(options: PostgresHubOptions): HubBacking {
  const { client: connect, channel: shared = "tenon_hub", retryDelay = 500 } = options;
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(shared)) {
    throw new TypeError(`'${shared}' is no channel of PostgreSQL that needs no quotes`);
  }
  const followed = new Set<string>();
  let listener: BackingListener;
  let client: PostgresClient | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  const begin = async (): Promise<void> => {
    const opened = connect();
    let isLost = false;
    const lost = (error: unknown): void => {
      if (!isLost && client === opened) {
        isLost = true;
        client = undefined;
        listener.error(error);
        again(retryDelay);
      }
    };
    opened.on("error", lost);
    opened.on("end", () => lost(new Error("the connection to PostgreSQL has ended")));
    opened.on("notification", ({ payload = "" }) => {
      const end = payload.indexOf("\n");
      const name = payload.slice(0, end);
      if (followed.has(name)) {
        listener.message(name, payload.slice(end + 1));
      }
    });
    try {
      await opened.connect();
      await opened.query(`listen ${shared}`);
    } catch (error) {
      opened.end().catch(() => {});
      throw error;
    }
    client = opened;
  };
  const again = (delay: number): void => {
    if (isClosed) {
      return;
    }
    timer = setTimeout(() => {
      begin().then(
        () => (isClosed ? void client?.end() : listener.gap()),
        (error) => {
          listener.error(error);
          again(Math.min(delay * 2, LONGEST_DELAY));
        },
      );
    }, delay);
  };

  return {
    open: async (opened) => {
      listener = opened;
      await begin();
    },
    publish: async (channel, text) => {
      const payload = `${channel}\n${text}`;
      const size = Buffer.byteLength(payload);
      if (size > LIMIT) {
        throw new RangeError(
          `a message of ${size} bytes is too large for NOTIFY, which carries ${LIMIT}: publish an id, and read the rest`,
        );
      }
      if (client === undefined) {
        throw new Error("the hub has no connection to PostgreSQL at the moment");
      }
      await client.query("select pg_notify($1, $2)", [shared, payload]);
    },
    subscribe: async (channel) => void followed.add(channel),
    unsubscribe: async (channel) => void followed.delete(channel),
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      followed.clear();
      const last = client;
      client = undefined;
      await last?.end();
    },
  };
}
