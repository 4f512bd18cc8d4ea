import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileInside } from './files.js';
import { MANIFEST } from './manifest-file.js';

/** How often a run's folder is looked at, in milliseconds. */
const INTERVAL = 400;
const EVENTS = 'events.ndjson';

/** News of a run in progress. */
export type News = { readonly type: 'manifest' } | { readonly type: 'progress'; readonly progress: Progress };

export interface Progress {
  readonly index: number;
  readonly done: number;
  readonly total: number;
  readonly label?: string;
}

const version = async (folder: string): Promise<string> => {
  const found = await stat(join(folder, MANIFEST)).catch(() => undefined);
  return found === undefined ? '' : `${found.ino}-${found.mtimeMs}-${found.size}`;
};

const asProgress = (line: string): Progress | undefined => {
  try {
    const { type, index, done, total, label } = JSON.parse(line);
    return type === 'progress' ? { index, done, total, ...(typeof label === 'string' ? { label } : {}) } : undefined;
  } catch {
    return undefined;
  }
};

/** Whole lines that were added to the event log since the last call; starts near its end. */
const logReader = (folder: string): (() => Promise<readonly string[]>) => {
  let position = -1;
  let rest = '';
  return async () => {
    const path = await fileInside(folder, EVENTS);
    if (path === undefined) return [];
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (position < 0) position = Math.max(0, size - 65_536);
      if (size < position) [position, rest] = [0, ''];
      const bytes = Buffer.alloc(Math.min(size - position, 2 ** 22));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, position);
      position += bytesRead;
      const lines = (rest + bytes.toString('utf8', 0, bytesRead)).split('\n');
      rest = lines.pop() ?? '';
      return lines;
    } finally {
      await file.close();
    }
  };
};

/** Watches the folder of a run until the signal is aborted: a new manifest, and the latest progress of each visualizer. */
export async function* followRun(folder: string, signal: AbortSignal): AsyncGenerator<News> {
  const readLog = logReader(folder);
  let seen = await version(folder);
  while (!signal.aborted) {
    const latest = new Map<number, Progress>();
    for (const line of await readLog().catch(() => [])) {
      const progress = asProgress(line);
      if (progress !== undefined) latest.set(progress.index, progress);
    }
    for (const progress of latest.values()) yield { type: 'progress', progress };
    const now = await version(folder);
    if (now !== seen) yield { type: 'manifest' };
    seen = now;
    await delay(INTERVAL, undefined, { signal }).catch(() => {});
  }
}
