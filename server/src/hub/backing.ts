/** Who hears of what a backing brings. */
export interface BackingListener {
  /** A message on a channel that somebody follows. */
  message(channel: string, text: string): void;
  /** The connection was lost and is back: messages in between may be lost. */
  gap(): void;
  /** Something went wrong that nobody waits for. */
  error(error: unknown): void;
}

/** What carries messages from process to process. Texts, channels and nothing else: schemas, queues and followers are the hub's. */
export interface HubBacking {
  /** Connects; a failure stops the start. */
  open(listener: BackingListener): Promise<void>;
  /** Resolves when the message is on its way to every process, this one included. */
  publish(channel: string, text: string): Promise<void>;
  /** Resolves when messages of the channel arrive here. */
  subscribe(channel: string): Promise<void>;
  unsubscribe(channel: string): Promise<void>;
  close(): Promise<void>;
}
