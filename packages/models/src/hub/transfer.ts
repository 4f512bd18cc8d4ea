import { type FileHandle, open } from 'node:fs/promises';
import type { HubFile } from './manifest.js';

export interface TransferOptions {
  /** Milliseconds until the first answer. Default: 20 000. */
  readonly connectTimeout?: number;
  /** Milliseconds between two pieces of data. Default: 30 000. */
  readonly idleTimeout?: number;
  readonly signal?: AbortSignal;
  readonly onReceived?: (bytes: number) => void;
}

/** This address does not have the file, or not now; another may. */
export class TransferError extends Error {
  override readonly name = 'TransferError';
}

const POINTER = 'version https://git-lfs';

/** Fetches one address into `part`, continuing after the bytes that are there. @throws TransferError saying why this address failed */
export const transfer = async (url: string, file: HubFile, part: string, options: TransferOptions = {}): Promise<void> => {
  const watch = watchdog(options.signal);
  const target = await open(part, 'a+').then(async (created) => {
    await created.close();
    return open(part, 'r+');
  });
  try {
    const present = (await target.stat()).size;
    if (present === file.bytes) return;
    const start = present < file.bytes ? present : 0;
    watch.restart(options.connectTimeout ?? 20_000, 'no answer');
    const headers = { 'accept-encoding': 'identity', ...(start > 0 && { range: `bytes=${start}-` }) };
    const response = await fetch(url, { signal: watch.signal, redirect: 'follow', headers });
    const position = await startOf(response, start, file);
    await target.truncate(position);
    await receive(response, target, position, file, watch, options);
  } catch (error) {
    if (error instanceof TransferError || options.signal?.aborted) throw error;
    throw new TransferError(watch.reason ?? failureOf(error));
  } finally {
    watch.stop();
    await target.close();
  }
};

/** Where the answer starts in the file; checks that it can be the file at all. */
const startOf = async (response: Response, start: number, file: HubFile): Promise<number> => {
  if (response.status !== 200 && response.status !== 206) {
    await response.body?.cancel();
    throw new TransferError(`the server answered ${response.status} ${response.statusText}`.trim());
  }
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '');
  const position = response.status === 206 && range?.[1] !== undefined ? Number(range[1]) : 0;
  const encoded = response.headers.has('content-encoding');
  const length = Number(response.headers.get('content-length') ?? Number.NaN);
  const fits = position <= start && (encoded || Number.isNaN(length) || position + length === file.bytes || length < 1000);
  if (fits && (response.status === 200 || range !== null)) return position;
  await response.body?.cancel();
  throw new TransferError(
    `the server has ${Number.isNaN(length) ? 'another part' : `${position + length} bytes`} instead of ${file.bytes} bytes`,
  );
};

const receive = async (
  response: Response,
  target: FileHandle,
  start: number,
  file: HubFile,
  watch: Watchdog,
  { idleTimeout = 30_000, onReceived }: TransferOptions,
): Promise<void> => {
  let position = start;
  watch.restart(idleTimeout, 'the connection stalled');
  for await (const chunk of response.body ?? []) {
    const bytes: Uint8Array = chunk;
    watch.restart(idleTimeout, 'the connection stalled');
    if (position === 0 && new TextDecoder().decode(bytes.subarray(0, POINTER.length)) === POINTER) {
      await target.truncate(0);
      throw new TransferError('the server has only a Git LFS pointer');
    }
    if (position + bytes.length > file.bytes) {
      await target.truncate(0);
      throw new TransferError(`the server sends more than ${file.bytes} bytes`);
    }
    await target.write(bytes, 0, bytes.length, position);
    position += bytes.length;
    onReceived?.(position);
  }
  if (position < file.bytes) throw new TransferError(`the connection ended after ${position} of ${file.bytes} bytes`);
};

interface Watchdog {
  readonly signal: AbortSignal;
  /** Why it gave up. */
  readonly reason: string | undefined;
  restart(milliseconds: number, reason: string): void;
  stop(): void;
}

const watchdog = (outer: AbortSignal | undefined): Watchdog => {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let reason: string | undefined;
  const abort = () => controller.abort(outer?.reason);
  if (outer?.aborted) abort();
  outer?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    get reason() {
      return reason;
    },
    restart(milliseconds, why) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        reason = `${why} for ${milliseconds / 1000} s`;
        controller.abort();
      }, milliseconds);
    },
    stop() {
      clearTimeout(timer);
      outer?.removeEventListener('abort', abort);
    },
  };
};

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host was not found (no network?)',
  EAI_AGAIN: 'the host was not found (no network?)',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  ENETUNREACH: 'there is no network',
  UND_ERR_SOCKET: 'the connection broke off',
};

const failureOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error) return 'code' in cause ? (REASONS[`${cause.code}`] ?? `${cause.code}`) : cause.message;
  return error.message;
};
