import { job } from "@tenon/core";
import type { JobQueue } from "@tenon/server/jobs";
import { z } from "zod";

declare const queue: JobQueue;
const send = job("send")
  .input({ to: z.email(), at: z.date() })
  .handle(() => {});

void queue.enqueue(send, { to: "ann@example.com", at: "today" });
