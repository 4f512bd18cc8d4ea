import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const packageFolder = fileURLToPath(new URL('../../', import.meta.url));
const bin = `${packageFolder}bin/featurescope.js`;

/** Why tests of the built command are skipped, if they are. */
export const notBuilt = existsSync(`${packageFolder}dist/main.js`)
  ? undefined
  : 'packages/cli/dist is missing: build first (npm run setup)';
if (notBuilt !== undefined) console.warn(`skipped: ${notBuilt}`);

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly process: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Resolves when stdout or stderr has said something that matches. */
  said(pattern: RegExp): Promise<void>;
}

/** Starts the built command. */
export const start = (args: readonly string[], cwd: string, nodeFlags: readonly string[] = []): Running => {
  const child = spawn(process.execPath, [...nodeFlags, bin, ...args], { cwd, env: { ...process.env, NO_COLOR: '1' } });
  const text = { out: '', err: '' };
  const waiting: { readonly pattern: RegExp; readonly resolve: () => void }[] = [];
  const listen = (key: 'out' | 'err') => (chunk: Buffer) => {
    text[key] += chunk.toString('utf8');
    for (const { pattern, resolve } of waiting) if (pattern.test(text.out + text.err)) resolve();
  };
  child.stdout.on('data', listen('out'));
  child.stderr.on('data', listen('err'));
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      for (const { resolve: go } of waiting) go();
      resolve({ code, signal, ...text });
    });
  });
  const said = (pattern: RegExp): Promise<void> =>
    new Promise((resolve) => (pattern.test(text.out + text.err) ? resolve() : waiting.push({ pattern, resolve })));
  return { process: child, finished, said };
};

/** Runs the built command to its end. */
export const finish = (args: readonly string[], cwd: string, nodeFlags: readonly string[] = []): Promise<Finished> =>
  start(args, cwd, nodeFlags).finished;
