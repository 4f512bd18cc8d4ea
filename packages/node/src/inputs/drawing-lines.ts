import type { Drawing } from '@featurescope/core';
import { badDrawingLine, noDrawings, noSuchLine, skippedMessage } from '../drawings/errors.js';
import { type BadLine, readLines } from '../drawings/lines.js';
import { isDrawingFile } from '../drawings/read-drawings.js';
import { piecesOf } from '../pieces.js';

/** A file of drawings, or one of its lines, counted from 1 as editors do: `cat.ndjson#12`. */
export interface DrawingSource {
  readonly file: string;
  readonly line?: number;
}

/** What names drawings; undefined for other inputs. */
export function drawingSource(given: string): DrawingSource | undefined {
  if (isDrawingFile(given)) return { file: given };
  const [, file, line] = /^(.*)#(\d+)$/s.exec(given) ?? [];
  return file !== undefined && isDrawingFile(file) ? { file, line: Number(line) } : undefined;
}

export interface DrawingOnLine {
  readonly line: number;
  readonly drawing: Drawing;
}

/**
 * The drawing on the named line, or all of a file. Lines that hold no drawing are passed over, and told of together.
 * @throws FeaturescopeError when the named line, or the whole file, holds none
 */
export async function drawingsOn(
  path: string,
  { file, line: wanted }: DrawingSource,
  warn: (message: string) => void,
): Promise<readonly DrawingOnLine[]> {
  const drawings: DrawingOnLine[] = [];
  const bad: BadLine[] = [];
  let lines = 0;
  for await (const read of readLines(piecesOf(path, file))) {
    lines = read.line;
    if (wanted !== undefined && read.line !== wanted) continue;
    if (read.kind === 'drawing') drawings.push({ line: read.line, drawing: read.drawing });
    else bad.push(read);
    if (wanted !== undefined) break;
  }
  if (wanted === undefined) {
    if (drawings.length === 0) throw noDrawings(file, bad[0]);
    if (bad.length > 0) warn(skippedMessage(file, bad, bad.length + drawings.length));
  } else if (bad[0]) throw badDrawingLine(file, wanted, bad[0].problem);
  else if (drawings.length === 0) throw noSuchLine(file, wanted, lines);
  return drawings;
}
