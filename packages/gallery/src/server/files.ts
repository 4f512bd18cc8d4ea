import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
  '.csv': 'text/csv; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.ndjson': 'application/x-ndjson; charset=utf-8',
};

/** Type of a file for the browser; what a run does not write is only offered for download. */
export const contentType = (path: string): string => TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';

const isPlain = (part: string): boolean => part !== '' && !part.startsWith('.') && !/[\\:\0]/.test(part);

/**
 * The real path of a file inside a folder; undefined when there is none, when it is hidden, or when it lies elsewhere: `..` and symbolic links do not
 * lead out.
 */
export const fileInside = async (folder: string, path: string): Promise<string | undefined> => {
  const parts = path.split('/');
  if (!parts.every(isPlain)) return undefined;
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, ...parts))]);
    return file.startsWith(root.endsWith(sep) ? root : root + sep) && (await stat(file)).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
};

const readUpTo = async (file: FileHandle, wanted: number): Promise<Uint8Array> => {
  const bytes = Buffer.alloc(Math.min(wanted, (await file.stat()).size));
  const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
  return bytes.subarray(0, bytesRead);
};

/** Reads a file inside a folder, or its beginning. */
export const readInside = async (folder: string, path: string, wanted = Number.POSITIVE_INFINITY): Promise<Uint8Array | undefined> => {
  const found = await fileInside(folder, path);
  if (found === undefined) return undefined;
  const file = await open(found);
  try {
    return await readUpTo(file, wanted);
  } finally {
    await file.close();
  }
};
