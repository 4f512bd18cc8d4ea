import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { isFeaturescopeError } from '@featurescope/core';
import { createTarDecoder } from 'modern-tar';
import { isPictureName } from '../data/picture-source.js';
import { missingDataset, unreadableFile } from '../errors.js';
import { neighbours } from '../neighbours.js';
import { badDrawingArchive } from './errors.js';
import { type BadLine, type DrawingLine, readLines } from './lines.js';

/** A drawing and the file that it was read from. */
export interface DrawingRecord extends DrawingLine {
  /** `file.ndjson#12`; in an archive `archive.tar.gz/folder/file.ndjson#12`. */
  readonly source: string;
  /** Name of its file without ending: the class, in collections with a file for each. */
  readonly file: string;
}

/** A line of a file that was passed over. */
export interface SkippedLine extends BadLine {
  /** `file.ndjson#12` */
  readonly source: string;
}

const NDJSON = /\.ndjson(\.gz)?$/i;
const COMPRESSED = /\.(gz|tgz)$/i;
const ARCHIVE = /\.(tar\.gz|tgz|tar)$/i;

export const isDrawingFile = (name: string): boolean => NDJSON.test(name) && !basename(name).startsWith('.');

const isReadable = (name: string): boolean => isDrawingFile(name) || (ARCHIVE.test(name) && !name.startsWith('.'));

/** Whether drawings can be read from there: a file or an archive of them, or a folder of such files and nothing else to look at. */
export async function isDrawingCollection(path: string): Promise<boolean> {
  if (isDrawingFile(path) || ARCHIVE.test(path)) return true;
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  return entries.some(({ name }) => isReadable(name)) && !entries.some((entry) => entry.isDirectory() || isPictureName(entry.name));
}

/**
 * Reads drawings one by one, with as much memory as the largest line takes: of an `.ndjson` or `.ndjson.gz` file, of all of them in a
 * `.tar.gz` archive in its order, or of the files and archives in a folder by name. Lines without a drawing are handed to `onSkipped`, and the rest is read.
 * @throws FeaturescopeError when there is no such file, or it cannot be read
 */
export async function* readDrawings(path: string, onSkipped: (skipped: SkippedLine) => void = () => {}): AsyncGenerator<DrawingRecord> {
  for await (const { name, pieces } of drawingFiles(path)) {
    const file = basename(name).replace(NDJSON, '');
    for await (const read of readLines(pieces)) {
      const source = `${name}#${read.line}`;
      if (read.kind === 'drawing') yield { ...read, source, file };
      else onSkipped({ line: read.line, problem: read.problem, source });
    }
  }
}

interface OpenedFile {
  readonly name: string;
  readonly pieces: AsyncIterable<Uint8Array>;
}

async function* drawingFiles(path: string): AsyncGenerator<OpenedFile> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw missingDataset(path, await neighbours(path));
  if (found.isDirectory()) {
    for (const name of (await readdir(path)).filter(isReadable).sort()) yield* drawingFiles(join(path, name));
  } else if (ARCHIVE.test(path)) yield* filesInArchive(path);
  else yield { name: path, pieces: piecesOf(path) };
}

/** The bytes of a file, unpacked where it is compressed; `name` stands for it in messages. @throws FeaturescopeError when it cannot be read */
export async function* piecesOf(path: string, name = path): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path);
  const unpacked = COMPRESSED.test(path) ? pipeline(file, createGunzip(), () => {}) : file;
  try {
    yield* unpacked;
  } catch (cause) {
    throw unreadableFile(name, cause);
  } finally {
    file.destroy();
  }
}

async function* filesInArchive(path: string): AsyncGenerator<OpenedFile> {
  const { readable, writable } = createTarDecoder({ strict: true });
  const packed = Readable.toWeb(Readable.from(piecesOf(path))) as ReadableStream<Uint8Array>;
  const fed = packed.pipeTo(writable);
  fed.catch(() => {});
  try {
    for await (const { header, body } of readable) {
      if (header.type === 'file' && isDrawingFile(header.name)) yield { name: `${path}/${header.name}`, pieces: body };
      else await body.cancel();
    }
    await fed;
  } catch (cause) {
    throw isFeaturescopeError(cause) ? cause : badDrawingArchive(path, cause);
  }
}
