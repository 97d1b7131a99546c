import cluster from "node:cluster";

/** Milliseconds after the grace time within which a process has to have stopped; then it ends, whatever still runs. */
const MARGIN = 5_000;
/** Milliseconds within which a second signal is the same one, told twice. */
const ONCE = 250;

/**
 * Stops on SIGTERM and SIGINT, and exits: with 0 where everything ended in time, with 1 where something was cut off, failed to
 * close, or a second signal asks for haste. Gives what forgets the signals again.
 */
export function onSignals(stop: () => Promise<boolean>, grace: number): () => void {
  let told = 0;
  const haste = (signal: NodeJS.Signals): void => {
    // A terminal and npm both tell of one Ctrl-C.
    if (Date.now() - told < ONCE) {
      return;
    }
    console.error(`stopped by a second ${signal}: what was still running is cut off`);
    process.exit(1);
  };
  const first = (): void => {
    forget();
    told = Date.now();
    process.on("SIGTERM", haste);
    process.on("SIGINT", haste);
    setTimeout(() => {
      console.error(`the process does not stop: it ends ${grace + MARGIN} ms after it was told to`);
      process.exit(1);
    }, grace + MARGIN).unref();
    stop().then(
      async (isClean) => {
        await leaveCluster();
        process.exit(isClean ? 0 : 1);
      },
      (error: unknown) => {
        console.error("the process did not stop cleanly:", error);
        process.exit(1);
      },
    );
  };
  const forget = (): void => {
    process.off("SIGTERM", first);
    process.off("SIGINT", first);
  };
  process.on("SIGTERM", first);
  process.on("SIGINT", first);
  return forget;
}

/**
 * A parent that shares a port may just be handing a connection over. It hears first that this process listens no more, and gives the
 * connection to another one.
 */
function leaveCluster(): Promise<void> {
  const { worker } = cluster;
  if (worker === undefined || !worker.isConnected()) {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    setTimeout(resolve, ONCE);
    worker.once("disconnect", resolve);
    worker.disconnect();
  });
}
