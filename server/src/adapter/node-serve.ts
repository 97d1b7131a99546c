import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { App } from "../app.ts";
import { createListener } from "./node-listener.ts";
import { onSignals } from "./signals.ts";
import { createUpgradeListener } from "./node-upgrade.ts";

/** Options of a server. */
export interface ServeOptions {
  /** 8000 by default; 0 for any free port. */
  port?: number;
  /** 127.0.0.1 by default. */
  host?: string;
  /** Milliseconds that open requests get when the server stops; 10 s by default. */
  grace?: number;
  /**
   * Milliseconds for which a server that is told to stop still takes requests, while its `/readyz` says no already, so that whoever
   * sends them can look elsewhere; 0 by default. They do not count as grace.
   */
  notice?: number;
  /** Milliseconds that a whole request may take to arrive; 2 minutes by default, 0 for no limit: large files, slow lines. */
  requestTimeout?: number;
  /** Stop on SIGTERM and SIGINT, and exit; true by default. */
  signals?: boolean;
}

/** A server that listens. */
export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly server: Server;
  /** Stops accepting, lets open requests finish within the grace time, drains background work, closes the application. */
  stop(): Promise<void>;
}

/** Starts the application and serves it. A failure to start is thrown, and nothing listens. */
export async function serve(app: App<unknown>, options: ServeOptions = {}): Promise<RunningServer> {
  const {
    port = 8000,
    host = "127.0.0.1",
    grace = 10_000,
    notice = 0,
    signals = true,
    requestTimeout = 120_000,
  } = options;
  let stopServing: (() => Promise<boolean>) | undefined;
  let isGivenUp = false;
  // Before the start, which may take its time: what it has opened by then is closed.
  const giveUp = async (): Promise<boolean> => {
    isGivenUp = true;
    await app.stop({ grace });
    return true;
  };
  const forget = signals ? onSignals(() => (stopServing ?? giveUp)(), notice + grace) : () => {};
  const orForget = async (begun: Promise<void>): Promise<void> => {
    try {
      await begun;
    } catch (error) {
      forget();
      throw error;
    }
    if (isGivenUp) {
      // The process is about to exit, with what was opened closed.
      await new Promise(() => {});
    }
  };
  await orForget(app.start());
  const server = createServer(
    { keepAliveTimeout: 5_000, headersTimeout: 20_000, requestTimeout },
    createListener(app),
  );
  const upgraded = new Set<Duplex>();
  const connected = new Map<Socket, number>();
  server.on("connection", (socket) => {
    connected.set(socket, Date.now());
    socket.once("close", () => connected.delete(socket));
  });
  const upgrade = createUpgradeListener(app, server);
  server.on("upgrade", (request, socket, head) => {
    // An upgraded connection is none of the server's any more: it has to be closed apart.
    upgraded.add(socket);
    socket.once("close", () => upgraded.delete(socket));
    upgrade(request, socket, head);
  });
  const listening = new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  await orForget(
    listening.catch(async (error) => {
      await app.stop();
      throw error;
    }),
  );
  const { port: actual } = server.address() as AddressInfo;
  let stopping: Promise<boolean> | undefined;
  const stopOnce = (): Promise<boolean> => {
    forget();
    stopping ??= giveNotice(app, notice).then(() => stopServer(server, app, { upgraded, connected }, grace));
    return stopping;
  };
  const stop = async (): Promise<void> => void (await stopOnce());
  stopServing = stopOnce;
  return { url: `http://${host.includes(":") ? `[${host}]` : host}:${actual}`, port: actual, server, stop };
}

async function giveNotice(app: App<unknown>, notice: number): Promise<void> {
  app.announceStop();
  if (notice > 0) {
    await new Promise((resolve) => {
      setTimeout(resolve, notice);
    });
  }
}

/** False where something was cut off. */
async function stopServer(
  server: Server,
  app: App<unknown>,
  { upgraded, connected }: { upgraded: ReadonlySet<Duplex>; connected: ReadonlyMap<Socket, number> },
  grace: number,
): Promise<boolean> {
  let isClean = true;
  const started = Date.now();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that becomes idle while we wait would otherwise be kept alive.
  const closeIdle = (): void => {
    server.closeIdleConnections();
    // Browsers and `fetch` open connections in advance. Node takes one that has said nothing for busy; a new one may be about to.
    const oldest = Date.now() - SILENCE;
    for (const [socket, since] of connected) {
      if (socket.bytesRead === 0 && since < oldest) {
        socket.destroy();
      }
    }
  };
  const idle = setInterval(closeIdle, 20);
  closeIdle();
  const timer = setTimeout(() => {
    isClean = false;
    server.closeAllConnections();
    for (const socket of upgraded) {
      socket.destroy();
    }
  }, grace);
  app.endStreams();
  await closed;
  clearInterval(idle);
  clearTimeout(timer);
  // Whoever was cut off has just been told so by its signal, and gets the time to end.
  await app.stop({
    grace: Math.max(CUT_OFF, grace - (Date.now() - started)),
    onCutOff: () => {
      isClean = false;
    },
  });
  return isClean;
}

/** Milliseconds after which a connection that has said nothing is one that was opened in advance. */
const SILENCE = 250;

/** Milliseconds that work gets after the grace time, when its connections were cut off. */
const CUT_OFF = 500;
