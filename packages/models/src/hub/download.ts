import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isFeaturescopeError } from '@featurescope/core';
import { fileDigest } from './digest.js';
import { cacheUnusable, downloadFailed, wrongDigest } from './errors.js';
import type { HubFile } from './manifest.js';
import { TransferError, type TransferOptions, transfer } from './transfer.js';

export interface DownloadProgress {
  readonly file: string;
  /** Bytes so far, with those of an earlier, broken download. */
  readonly received: number;
  readonly total: number;
}

export interface DownloadOptions extends Omit<TransferOptions, 'onReceived'> {
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/**
 * Puts a file of the hub at `target`, unless it is there and right. Addresses are tried in turn; a broken download leaves `target.part` and is
 * continued the next time; only a file with the right digest gets the name `target`.
 * @throws FeaturescopeError when no address has the file, or what they have is another one
 */
export const download = async (file: HubFile, target: string, options: DownloadOptions = {}): Promise<void> => {
  if (await isComplete(target, file)) return;
  try {
    await mkdir(dirname(target), { recursive: true });
  } catch (error) {
    throw cacheUnusable(dirname(target), error instanceof Error ? error.message : String(error));
  }
  const part = `${target}.part`;
  const attempts: string[] = [];
  let mismatch: unknown;
  for (const url of file.urls) {
    try {
      await fetchVerified(url, file, part, options);
    } catch (error) {
      if (isFeaturescopeError(error) && error.code === 'hub/wrong-digest') mismatch = error;
      else if (error instanceof TransferError) attempts.push(`${url}: ${error.message}`);
      else throw error;
      continue;
    }
    await rename(part, target);
    return;
  }
  throw mismatch ?? downloadFailed(file.file, attempts, target);
};

/** Whether the file is there with the right content; a wrong one is removed. */
const isComplete = async (target: string, file: HubFile): Promise<boolean> => {
  const size = (await stat(target).catch(() => undefined))?.size;
  if (size === undefined) return false;
  if (size === file.bytes && (await fileDigest(target)) === file.sha256) return true;
  await rm(target, { force: true });
  return false;
};

const fetchVerified = async (url: string, file: HubFile, part: string, options: DownloadOptions): Promise<void> => {
  const onReceived = (received: number) => options.onProgress?.({ file: file.file, received, total: file.bytes });
  const continued = ((await stat(part).catch(() => undefined))?.size ?? 0) > 0;
  await transfer(url, file, part, { ...options, onReceived });
  const digest = await fileDigest(part);
  if (digest === file.sha256) return;
  await rm(part, { force: true });
  // The beginning may be what is left of another version: once more from the start.
  if (!continued) throw wrongDigest(file.file, file.sha256, digest);
  await fetchVerified(url, file, part, options);
};
