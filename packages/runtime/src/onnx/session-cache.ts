import { Session, type SessionOptions } from './session.js';

export interface CacheLimits {
  readonly passes: number;
  /** Bytes of all models together; one alone may be larger. */
  readonly bytes: number;
}

interface Entry {
  readonly session: Promise<Session>;
  bytes: number;
}

/** Keeps the sessions used last, by the structure of their passes. */
export class SessionCache {
  readonly #options: SessionOptions;
  readonly #limits: CacheLimits;
  readonly #entries = new Map<string, Entry>();

  constructor(options: SessionOptions, limits: CacheLimits) {
    this.#options = options;
    this.#limits = limits;
  }

  get size(): number {
    return this.#entries.size;
  }

  /**
   * Calls with the session of this key, which is compiled if it is not there. `run` must start to use the session at once:
   * it may be released as soon as nobody does.
   */
  async use<T>(key: string, model: () => Uint8Array, run: (session: Session) => Promise<T>): Promise<T> {
    const entry = this.#entries.get(key) ?? this.#compile(key, model);
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    this.#evict();
    let session: Session;
    try {
      session = await entry.session;
    } catch (error) {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
      throw error;
    }
    return run(session);
  }

  #compile(key: string, model: () => Uint8Array): Entry {
    const build = async (): Promise<Session> => {
      await undefined;
      const bytes = model();
      entry.bytes = bytes.length;
      if (this.#entries.get(key) === entry) this.#evict();
      return Session.create(bytes, this.#options);
    };
    const entry: Entry = { bytes: 0, session: build() };
    return entry;
  }

  #evict(): void {
    let total = 0;
    for (const { bytes } of this.#entries.values()) total += bytes;
    for (const [key, { session, bytes }] of this.#entries) {
      const fits = this.#entries.size <= this.#limits.passes && total <= this.#limits.bytes;
      if (fits || this.#entries.size === 1) return;
      this.#entries.delete(key);
      total -= bytes;
      release(session);
    }
  }

  clear(): void {
    for (const { session } of this.#entries.values()) release(session);
    this.#entries.clear();
  }
}

function release(session: Promise<Session>): void {
  session.then(
    (ready) => ready.release(),
    () => undefined,
  );
}
