import { boundsOf, type Drawing, type Stroke } from '@featurescope/core';

/** A drawing of Quick, Draw! and what is known about it. */
export interface QuickDrawDrawing {
  readonly drawing: Drawing;
  readonly word?: string;
  readonly id?: string;
  /** Whether the game guessed it. */
  readonly recognized?: boolean;
}

/** Side of the canvas over the longer side of what was drawn: 288 for 256, as DoodleNet was trained. */
const CANVAS = 9 / 8;

/**
 * A line of a Quick, Draw! file, raw (places in pixels of some screen, times) or simplified (0 … 255, no times). The coordinates do not
 * say how large the canvas was: it becomes a square with the drawing in its middle and a margin of 1/16 of its longer side around it.
 * @throws Error that says what is wrong
 */
export function parseQuickDraw(line: string): QuickDrawDrawing {
  const { drawing, word, key_id: id, recognized } = objectIn(line);
  if (!Array.isArray(drawing)) throw new Error(drawing === undefined ? 'it has no "drawing"' : 'its "drawing" is no list of strokes');
  if (drawing.length === 0) throw new Error('it has no strokes');
  return {
    drawing: centred(drawing.map(strokeOf)),
    ...(typeof word === 'string' && { word }),
    ...((typeof id === 'string' || typeof id === 'number') && { id: String(id) }),
    ...(typeof recognized === 'boolean' && { recognized }),
  };
}

function objectIn(line: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new Error('it is not JSON', { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('it is no JSON object');
  return value as Record<string, unknown>;
}

function strokeOf(stroke: unknown, i: number): Stroke {
  const where = `stroke ${i + 1}`;
  if (!Array.isArray(stroke) || stroke.length < 2 || stroke.length > 3) throw new Error(`${where} is not [[x, …], [y, …]]`);
  const [x, y, t] = stroke.map((list, axis) => numbersIn(list, `${'xyt'[axis] ?? ''} of ${where}`));
  if (!x || !y || x.length === 0) throw new Error(`${where} has no points`);
  if (x.length !== y.length || (t && t.length !== x.length))
    throw new Error(`${where} has ${x.length} x, but ${t && y.length === x.length ? `${t.length} times` : `${y.length} y`}`);
  return { x, y, ...(t && { t }) };
}

function numbersIn(list: unknown, what: string): Float64Array {
  if (!Array.isArray(list)) throw new Error(`the ${what} are no list`);
  const odd = list.findIndex((value) => typeof value !== 'number' || !Number.isFinite(value));
  if (odd >= 0) throw new Error(`the ${what} hold ${JSON.stringify(list[odd])} instead of a number`);
  return Float64Array.from(list);
}

function centred(strokes: readonly Stroke[]): Drawing {
  const { left, top, right, bottom } = boundsOf(strokes) ?? { left: 0, top: 0, right: 0, bottom: 0 };
  const side = Math.max(right - left, bottom - top, 1) * CANVAS;
  const [dx, dy] = [(side - left - right) / 2, (side - top - bottom) / 2];
  const moved = strokes.map((stroke) => ({ ...stroke, x: stroke.x.map((x) => x + dx), y: stroke.y.map((y) => y + dy) }));
  return { strokes: moved, width: side, height: side };
}
