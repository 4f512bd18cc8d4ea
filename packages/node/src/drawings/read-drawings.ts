import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isFeaturescopeError } from '@featurescope/core';
import { isPictureName } from '../data/picture-name.js';
import { missingDataset } from '../errors.js';
import { neighbours } from '../neighbours.js';
import { piecesOf } from '../pieces.js';
import { isTarFile, tarFiles } from '../tar-files.js';
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

export const isDrawingFile = (name: string): boolean => NDJSON.test(name) && !basename(name).startsWith('.');

const isReadable = (name: string): boolean => isDrawingFile(name) || (isTarFile(name) && !name.startsWith('.'));

/** Whether drawings can be read from there: a file or an archive of them, or a folder of such files and nothing else to look at. */
export async function isDrawingCollection(path: string): Promise<boolean> {
  if (isDrawingFile(path) || isTarFile(path)) return true;
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
  } else if (isTarFile(path)) yield* filesInArchive(path);
  else yield { name: path, pieces: piecesOf(path) };
}

async function* filesInArchive(path: string): AsyncGenerator<OpenedFile> {
  try {
    for await (const { name, pieces, skip } of tarFiles(path)) {
      if (isDrawingFile(name)) yield { name: `${path}/${name}`, pieces };
      else await skip();
    }
  } catch (cause) {
    throw isFeaturescopeError(cause) ? cause : badDrawingArchive(path, cause);
  }
}
