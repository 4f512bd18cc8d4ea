import { parseQuickDraw, type QuickDrawDrawing } from './quickdraw.js';

/** A drawing on a line of a file. */
export interface DrawingLine extends QuickDrawDrawing {
  /** From 1, as editors count. */
  readonly line: number;
}

/** A line that holds no drawing, and why. */
export interface BadLine {
  readonly line: number;
  readonly problem: string;
}

export type ReadLine = ({ readonly kind: 'drawing' } & DrawingLine) | ({ readonly kind: 'bad' } & BadLine);

/** One line of an `.ndjson` file; undefined for an empty one. */
export function readLine(text: string, line: number): ReadLine | undefined {
  if (text.trim() === '') return undefined;
  try {
    return { kind: 'drawing', line, ...parseQuickDraw(text) };
  } catch (cause) {
    return { kind: 'bad', line, problem: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** Lines of UTF-8 text that comes in pieces; a line break at the very end begins no line. */
export async function* linesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

/** Every line of text that holds anything, one after the other. */
export async function* readLines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<ReadLine> {
  let line = 0;
  for await (const text of linesOf(pieces)) {
    const read = readLine(text, ++line);
    if (read) yield read;
  }
}
