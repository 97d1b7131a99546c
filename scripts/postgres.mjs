#!/usr/bin/env node
// A PostgreSQL server for the length of a test run.
//
//   node scripts/postgres.mjs                            prints the address and runs until it is stopped
//   node scripts/postgres.mjs -- command arguments …     runs the command with TEST_DATABASE_URL set
import { execFile, execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { chown, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Starts an empty cluster on a free port of 127.0.0.1; `stop` ends it and removes its files.
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startPostgres() {
  const binaries = findBinaries();
  const home = await mkdtemp(join(tmpdir(), "tenon-postgres-"));
  const owner = process.getuid?.() === 0 ? await findServerUser() : {};
  // From here on, `stop` also runs when the process ends without asking for it.
  const removeAtExit = () => execFileSync("rm", ["-rf", home]);
  process.once("exit", removeAtExit);
  try {
    if (owner.uid !== undefined) {
      await chown(home, owner.uid, owner.gid);
    }
    const server = { home, data: join(home, "data"), log: join(home, "log"), binaries, owner };
    await initialise(server);
    const port = await start(server);
    const stopAtExit = () => execFileSync(...control(server, "-m", "immediate", "stop"));
    process.prependOnceListener("exit", stopAtExit);
    let stopping;
    const stop = () => {
      stopping ??= (async () => {
        process.removeListener("exit", stopAtExit);
        await run(...control(server, "-m", "immediate", "stop"));
        await rm(home, { recursive: true, force: true });
        process.removeListener("exit", removeAtExit);
      })();
      return stopping;
    };
    return { url: `postgres://tenon@127.0.0.1:${port}/postgres`, stop };
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    process.removeListener("exit", removeAtExit);
    throw new Error(`PostgreSQL could not be started: ${error.message}`, { cause: error });
  }
}

async function initialise({ binaries, data, home, owner }) {
  const settings = ["--username=tenon", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"];
  await run(join(binaries, "initdb"), [`--pgdata=${data}`, ...settings], { cwd: home, ...owner });
}

/** Another process may take the free port first, so a lost race is tried again. */
async function start(server, attempts = 3) {
  const port = await findFreePort();
  // Durability is off: nobody misses these data after a crash.
  const settings = `-p ${port} -h 127.0.0.1 -k ${server.home} -F -c full_page_writes=off -c synchronous_commit=off`;
  try {
    await run(...control(server, "-w", "-t", "60", "-l", server.log, "-o", settings, "start"));
    return port;
  } catch (error) {
    if (attempts > 1) {
      return start(server, attempts - 1);
    }
    const log = await readFile(server.log, "utf8").catch(() => "");
    throw new Error(`${error.message}\n${log}`, { cause: error });
  }
}

function control({ binaries, data, home, owner }, ...args) {
  return [join(binaries, "pg_ctl"), [`--pgdata=${data}`, "-s", ...args], { cwd: home, ...owner }];
}

function findBinaries() {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, "bin")),
    ...(process.env.PATH ?? "").split(delimiter).filter(Boolean),
  ];
  const programs = ["initdb", "pg_ctl", "postgres"];
  const found = folders.find((folder) => programs.every((program) => existsSync(join(folder, program))));
  if (found === undefined) {
    throw new Error("No PostgreSQL server is installed: run 'bash scripts/setup.sh'.");
  }
  return found;
}

/** The user to run the server as for root, whom PostgreSQL refuses; made if there is none. */
async function findServerUser() {
  for (const name of ["postgres", "nobody"]) {
    const ids = await Promise.all([readId(name, "-u"), readId(name, "-g")]).catch(() => undefined);
    if (ids !== undefined) {
      return { uid: ids[0], gid: ids[1] };
    }
  }
  await run("useradd", ["--system", "--user-group", "--shell", "/usr/sbin/nologin", "postgres"]);
  return findServerUser();
}

async function readId(name, option) {
  const { stdout } = await run("id", [option, name]);
  return Number(stdout);
}

/** A port that nobody listens on at this moment. */
export function findFreePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function main(args) {
  const { url, stop } = await startPostgres();
  const command = args[0] === "--" ? args.slice(1) : args;
  const ended =
    command.length === 0 ? undefined : runCommand(command, { ...process.env, TEST_DATABASE_URL: url });
  if (ended === undefined) {
    console.log(url);
  }
  const interrupted = new Promise((resolve) => {
    process.once("SIGINT", () => resolve(130));
    process.once("SIGTERM", () => resolve(143));
  });
  // Without a command only a signal ends the wait; the timer keeps the process alive until then.
  const alive = setInterval(() => {}, 60_000);
  process.exitCode = await Promise.race(ended === undefined ? [interrupted] : [ended, interrupted]);
  clearInterval(alive);
  await stop();
  process.exit();
}

function runCommand([file, ...args], env) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env, stdio: "inherit" });
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(signal === null ? code : 1));
    process.once("SIGTERM", () => child.kill("SIGTERM"));
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(process.argv.slice(2));
}
