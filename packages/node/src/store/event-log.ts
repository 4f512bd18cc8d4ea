import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RunEvent } from '@featurescope/core';
import { writeFailed } from '../errors.js';
import { makeFolder } from './atomic.js';

const NEWLINE = 10;

/** Pixels stay out of the log: of a picture only its extent is kept. */
const withoutPixels = (_key: string, value: unknown): unknown => (value instanceof Uint8Array ? undefined : value);

const isJson = (line: string): boolean => {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
};

/** After a kill the last line may be torn: it is cut off, or completed when only its end is missing. */
const repair = async (file: FileHandle): Promise<void> => {
  const bytes = await file.readFile();
  if (bytes.length === 0 || bytes.at(-1) === NEWLINE) return;
  const start = bytes.lastIndexOf(NEWLINE) + 1;
  if (isJson(bytes.toString('utf8', start))) await file.write('\n', bytes.length);
  else await file.truncate(start);
};

/** `events.ndjson`: one JSON object a line, appended in order. */
export class EventLog {
  readonly #path: string;
  #file: FileHandle | undefined;
  #pending = '';
  #writing: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  /** Resolves when the event is in the file. */
  append(event: RunEvent): Promise<void> {
    this.#pending += `${JSON.stringify(event, withoutPixels)}\n`;
    return this.#enqueue(() => this.#flush());
  }

  close(): Promise<void> {
    return this.#enqueue(async () => {
      await this.#flush();
      await this.#file?.close();
      this.#file = undefined;
    });
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.#writing.then(work);
    this.#writing = done.catch(() => {});
    return done;
  }

  async #flush(): Promise<void> {
    if (this.#pending === '') return;
    const lines = this.#pending;
    this.#pending = '';
    this.#file ??= await this.#open();
    try {
      await this.#file.appendFile(lines);
    } catch (cause) {
      throw writeFailed(this.#path, cause);
    }
  }

  async #open(): Promise<FileHandle> {
    await makeFolder(dirname(this.#path));
    try {
      const existing = await open(this.#path, 'r+').catch(() => undefined);
      if (existing !== undefined) await repair(existing).finally(() => existing.close());
      return await open(this.#path, 'a');
    } catch (cause) {
      throw writeFailed(this.#path, cause);
    }
  }
}
