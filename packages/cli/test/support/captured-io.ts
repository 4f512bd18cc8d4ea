import type { Io } from '../../src/io.js';

export interface CapturedIo extends Io {
  readonly out: () => string;
  readonly err: () => string;
  /** Presses Ctrl-C. */
  interrupt(): void;
}

/** A terminal, or a pipe, whose text is kept. */
export const capturedIo = (cwd: string, options: { readonly isTTY?: boolean; readonly env?: Io['env'] } = {}): CapturedIo => {
  const text = { out: '', err: '' };
  const listeners = new Set<() => void>();
  const output = (key: 'out' | 'err') => ({
    write: (part: string) => {
      text[key] += part;
    },
    isTTY: options.isTTY ?? false,
    columns: 100,
  });
  return {
    stdout: output('out'),
    stderr: output('err'),
    env: options.env ?? {},
    cwd,
    onInterrupt: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    out: () => text.out,
    err: () => text.err,
    interrupt: () => {
      for (const listener of listeners) listener();
    },
  };
};
