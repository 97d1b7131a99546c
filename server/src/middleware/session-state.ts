/** What a cookie holds of a session. */
export interface Stored {
  /** Seconds since 1970 at which it ends. */
  readonly until: number;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly id?: string;
}

/** The session of one request. What is set is kept with the reply; a stream's has been kept when its first byte leaves. */
export interface Session<Data extends object> {
  /** Nothing is known of the caller yet. */
  readonly isNew: boolean;
  get<Key extends keyof Data & string>(key: Key): Data[Key] | undefined;
  /** Sets what JSON can hold. */
  set<Key extends keyof Data & string>(key: Key, value: Data[Key]): void;
  delete(key: keyof Data & string): void;
  /** Ends it: signing out. */
  clear(): void;
  /**
   * Gives it another id, and forgets the old one: call it whenever somebody signs in, so that an id that was planted before is
   * worth nothing. Without a store there is no id to plant, and the cookie is signed anew.
   */
  regenerate(): void;
}

/** A session while its request is answered. */
export class SessionState implements Session<Record<string, unknown>> {
  /** The store's id of it. */
  readonly id: string | undefined;
  readonly wasThere: boolean;
  isRead = false;
  isRegenerated = false;
  readonly #until: number;
  #data: Record<string, unknown>;
  #isChanged = false;
  #isClosed = false;

  constructor(id: string | undefined, data: Readonly<Record<string, unknown>>, until: number) {
    this.id = id;
    this.#until = until;
    this.wasThere = until > 0;
    this.#data = Object.assign(Object.create(null) as Record<string, unknown>, data);
  }

  get isNew(): boolean {
    this.isRead = true;
    return !this.wasThere;
  }

  get isEmpty(): boolean {
    return Object.keys(this.#data).length === 0;
  }

  get data(): Readonly<Record<string, unknown>> {
    return this.#data;
  }

  get(key: string): unknown {
    this.isRead = true;
    return this.#data[key];
  }

  set(key: string, value: unknown): void {
    this.#change();
    this.#data[key] = value;
  }

  delete(key: string): void {
    this.#change();
    delete this.#data[key];
  }

  clear(): void {
    this.#change();
    this.#data = Object.create(null) as Record<string, unknown>;
  }

  regenerate(): void {
    this.#change();
    this.isRegenerated = true;
  }

  /** It was changed, or half of its time has passed: a caller that keeps coming back keeps it. */
  isToBeSaved(maxAge: number): boolean {
    return this.#isChanged || (this.wasThere && this.#until - Date.now() / 1000 < maxAge / 2);
  }

  close(): void {
    this.#isClosed = true;
  }

  #change(): void {
    if (this.#isClosed) {
      throw new Error("the session was kept with the reply already: change it before the first byte leaves");
    }
    this.isRead = true;
    this.#isChanged = true;
  }
}
