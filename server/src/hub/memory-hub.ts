import type { BackingListener, HubBacking } from "./backing.ts";

/** Carries messages within this process. */
export function memoryHub(): HubBacking {
  const followed = new Set<string>();
  let listener: BackingListener | undefined;
  return {
    open: async (opened) => {
      listener = opened;
    },
    publish: async (channel, text) => {
      if (followed.has(channel)) {
        listener?.message(channel, text);
      }
    },
    subscribe: async (channel) => void followed.add(channel),
    unsubscribe: async (channel) => void followed.delete(channel),
    close: async () => {
      followed.clear();
      listener = undefined;
    },
  };
}
