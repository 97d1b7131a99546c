// The server of the suite `large-uploads`: a process of its own, so that its memory is its own.
import { readdirSync } from "node:fs";
import { binary, file, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { diskSpool, serve } from "@tenon/server/node";
import { z } from "zod";

const folder = process.argv[2];
const MIB = 1024 * 1024;
/** Answers that are being made. */
let making = 0;
const Received = z.object({ size: z.int(), sum: z.int(), temporary: z.int() });

function temporaryFiles() {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile()).length;
}

async function read(chunks) {
  let size = 0;
  let sum = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    sum = (sum + chunk[0] + chunk[chunk.byteLength - 1]) % 65_521;
  }
  return { size, sum };
}

const uploads = {
  live: procedure
    .input({ data: file.stream({ maxBytes: 2048 * MIB }) })
    .output(Received)
    .mutation(async ({ input }) => ({ ...(await read(input.data)), temporary: temporaryFiles() })),
  whole: procedure
    .input({ data: file({ maxBytes: 512 * MIB }) })
    .output(Received)
    .mutation(async ({ input }) => ({ ...(await read(input.data.stream())), temporary: temporaryFiles() })),
  sent: procedure
    .input({ mebibytes: z.int() })
    .output(binary("application/octet-stream"))
    .query(async function* ({ input, signal }) {
      making++;
      try {
        for (let count = 0; count < input.mebibytes; count++) {
          signal.throwIfAborted();
          // A new one each time, as if it were read from somewhere.
          yield new Uint8Array(MIB).fill(7);
        }
      } finally {
        making--;
      }
    }),
  state: procedure
    .output({ rss: z.int(), temporary: z.int(), making: z.int() })
    .query(() => ({ rss: process.memoryUsage.rss(), temporary: temporaryFiles(), making })),
};

const server = await serve(
  createApp({ uploads: router(uploads, { prefix: "" }) }, { spool: diskSpool(folder) }),
  {
    port: 0,
  },
);
console.log(server.url);
