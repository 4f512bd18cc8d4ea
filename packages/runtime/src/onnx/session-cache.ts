import { Session, type SessionOptions } from './session.js';

/** Keeps the sessions used last, by the structure of their passes. */
export class SessionCache {
  readonly #options: SessionOptions;
  readonly #limit: number;
  readonly #sessions = new Map<string, Promise<Session>>();

  constructor(options: SessionOptions, limit: number) {
    this.#options = options;
    this.#limit = limit;
  }

  /** The session of this key, compiled if it is not there. */
  async get(key: string, model: () => Uint8Array): Promise<Session> {
    const known = this.#sessions.get(key);
    const session = known ?? Promise.resolve().then(() => Session.create(model(), this.#options));
    this.#sessions.delete(key);
    this.#sessions.set(key, session);
    if (known === undefined) this.#evict();
    try {
      return await session;
    } catch (error) {
      if (this.#sessions.get(key) === session) this.#sessions.delete(key);
      throw error;
    }
  }

  #evict(): void {
    for (const [key, session] of this.#sessions) {
      if (this.#sessions.size <= this.#limit) return;
      this.#sessions.delete(key);
      release(session);
    }
  }

  clear(): void {
    for (const session of this.#sessions.values()) release(session);
    this.#sessions.clear();
  }
}

function release(session: Promise<Session>): void {
  session.then(
    (ready) => ready.release(),
    () => undefined,
  );
}
