import type { FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { badArchive } from '../errors.js';
import { sharedFile } from './shared-file.js';

const inflate = promisify(inflateRaw);
const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;
const MAX_COMMENT = 0xffff;
/** Names of the entries of a million pictures fit in here. */
const MAX_DIRECTORY = 256 * 2 ** 20;

/** More than any picture has. */
const MAX_ENTRY = 2 ** 30;

/** One file in an archive. */
export interface ZipEntry {
  /** With forward slashes, as the archive gives it. */
  readonly name: string;
  /** Bytes when unpacked. */
  readonly size: number;
  readonly compressedSize: number;
  readonly method: number;
  readonly offset: number;
}

/** A `.zip` file whose entries are read one by one, never the whole. Nothing stays open between reads. */
export interface ZipArchive {
  readonly entries: readonly ZipEntry[];
  read(entry: ZipEntry): Promise<Uint8Array>;
}

const slice = async (file: FileHandle, path: string, offset: number, length: number): Promise<Buffer> => {
  const bytes = Buffer.allocUnsafe(length);
  const { bytesRead } = await file.read(bytes, 0, length, offset);
  if (bytesRead < length) throw badArchive(path, 'it ends too early');
  return bytes;
};

const findEnd = async (file: FileHandle, path: string, size: number): Promise<Buffer> => {
  const length = Math.min(size, END_SIZE + MAX_COMMENT);
  const tail = await slice(file, path, size - length, length);
  for (let at = length - END_SIZE; at >= 0; at--) {
    if (tail.readUInt32LE(at) === END && tail.readUInt16LE(at + 20) === length - END_SIZE - at) return tail.subarray(at);
  }
  throw badArchive(path, 'it has no table of contents');
};

const parseDirectory = (directory: Buffer, count: number, path: string): ZipEntry[] => {
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== CENTRAL) throw badArchive(path, 'its table of contents is damaged');
    const nameLength = directory.readUInt16LE(at + 28);
    const next = at + 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    if (next > directory.length) throw badArchive(path, 'its table of contents is damaged');
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/');
    const encrypted = (directory.readUInt16LE(at + 8) & 1) === 1;
    if (encrypted) throw badArchive(path, `the entry "${name}" is encrypted`);
    entries.push({
      name,
      method: directory.readUInt16LE(at + 10),
      compressedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    });
    at = next;
  }
  return entries.filter((entry) => !entry.name.endsWith('/'));
};

const readEntry = async (file: FileHandle, path: string, entry: ZipEntry): Promise<Uint8Array> => {
  const header = await slice(file, path, entry.offset, 30);
  if (header.readUInt32LE(0) !== LOCAL) throw badArchive(path, `the entry "${entry.name}" is not where the table of contents says`);
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const bytes = await slice(file, path, start, entry.compressedSize);
  if (entry.method === 0) return bytes;
  if (entry.size > MAX_ENTRY) throw badArchive(path, `the entry "${entry.name}" is too large`);
  if (entry.method !== 8) throw badArchive(path, `the entry "${entry.name}" uses compression method ${entry.method}`);
  try {
    return await inflate(bytes, { maxOutputLength: Math.max(1, entry.size) });
  } catch (cause) {
    throw badArchive(path, `the entry "${entry.name}" cannot be unpacked`, cause);
  }
};

const readDirectory = async (file: FileHandle, path: string): Promise<ZipEntry[]> => {
  const { size } = await file.stat();
  if (size < END_SIZE) throw badArchive(path, 'it is too short');
  const end = await findEnd(file, path, size);
  const [count, length, offset] = [end.readUInt16LE(10), end.readUInt32LE(12), end.readUInt32LE(16)];
  if (count === 0xffff || offset === 0xffffffff) throw badArchive(path, 'it is in ZIP64 format');
  if (offset + length > size || length > MAX_DIRECTORY) throw badArchive(path, 'its table of contents is damaged');
  const entries = parseDirectory(await slice(file, path, offset, length), count, path);
  for (const entry of entries) {
    if (entry.offset + entry.compressedSize > size) throw badArchive(path, `the entry "${entry.name}" lies outside the file`);
    if (entry.method === 0 && entry.size !== entry.compressedSize) throw badArchive(path, `the entry "${entry.name}" has two sizes`);
  }
  return entries;
};

/** Reads the table of contents of a `.zip` file with stored or deflated entries (no ZIP64). @throws FeaturescopeError when it is damaged */
export const openZip = async (path: string): Promise<ZipArchive> => {
  const withFile = sharedFile(path);
  const entries = await withFile((file) => readDirectory(file, path));
  return { entries, read: (entry) => withFile((file) => readEntry(file, path, entry)) };
};
