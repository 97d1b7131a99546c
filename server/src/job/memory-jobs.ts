import type { JobEngine, QueueSettings } from "./engine.ts";
import { MemoryQueue } from "./memory-queue.ts";

/**
 * Keeps jobs in the memory of this process: for development, tests, and work that may be lost. Retries, delays, schedules and dead
 * letters are as with the other engines; what is due is run before the application stops, and everything else is gone then.
 */
export function memoryJobs(): JobEngine {
  const queues = new Map<string, MemoryQueue>();
  const queueOf = (settings: QueueSettings): MemoryQueue => {
    const queue = queues.get(settings.name) ?? new MemoryQueue(settings);
    queues.set(settings.name, queue);
    return queue;
  };
  return {
    open: async () => {},
    add: async (settings, job) => queueOf(settings).add(job),
    work: async (settings, run) => {
      const queue = queueOf(settings);
      queue.start(run);
      return queue;
    },
    schedule: async (settings, schedule) => queueOf(settings).schedule(schedule),
    dead: async (settings, limit) => queueOf(settings).dead(limit),
    revive: async (settings, id) => queueOf(settings).revive(id),
    close: async () => {
      queues.forEach((queue) => queue.halt());
      queues.clear();
    },
  };
}
