import { extremes } from '@featurescope/core';
import { computedCount, type Readings } from './readings.js';
import { gridShape, positionCount, type WindowGrid } from './windows.js';

export interface RefineOptions {
  /** Positions from one to the next of the coarsest level; a power of 2. */
  readonly step: number;
  /** Difference that is left, as a share of the range of the scores. */
  readonly tolerance: number;
}

/** What was saved, and how far off interpolation was where it was not used. */
export interface Refinement {
  readonly computed: number;
  readonly positions: number;
  /** Positions at which interpolation and pass were compared. */
  readonly compared: number;
  /** Mean and largest difference of the score there; 0 where none was compared. */
  readonly meanError: number;
  readonly largestError: number;
}

type Compute = (positions: readonly number[]) => AsyncIterable<number>;

/**
 * Coarse to fine: reads every `step`-th position of each axis and the last, then halves the step again and again. First the positions
 * between neighbours whose scores differ by more than the tolerance are read, later those beside positions at which interpolation was
 * found to be off by more than it; the others are interpolated bilinearly, with the class of the nearest. Each level is `compute`d,
 * which fills the readings, and its counts are passed on.
 */
export async function* refined(
  grid: WindowGrid,
  readings: Readings,
  { step: coarsest, tolerance }: RefineOptions,
  compute: Compute,
): AsyncGenerator<number, Refinement> {
  const [rows, columns] = gridShape(grid);
  const { scores } = readings;
  const all: number[] = [];
  let errors = new Map<number, number>();
  let before: ReadonlySet<string> = new Set();
  yield* compute(positionsAt({ rows: every(rows, coarsest), columns: every(columns, coarsest) }, columns));
  for (let step = coarsest; step > 1; step /= 2) {
    const level: Level = { rows: every(rows, step), columns: every(columns, step) };
    const known = positionsAt(level, columns);
    const limit = tolerance * spread(scores, known);
    const isVaried = (corners: readonly number[], key: string): boolean =>
      step === coarsest ? spread(scores, corners) > limit : before.has(key) || corners.some((corner) => (errors.get(corner) ?? 0) > limit);
    const varied = cellsOf(level, columns, isVaried);
    const isKnown = new Set(known);
    const guesses = new Map<number, number>();
    for (const position of positionsAt({ rows: every(rows, step / 2), columns: every(columns, step / 2) }, columns)) {
      if (isKnown.has(position)) continue;
      const [y, x] = [Math.floor(position / columns), position % columns];
      const guess = interpolated(grid, level, readings, y, x);
      const isWanted = touching(level.rows, y).some((i) => touching(level.columns, x).some((j) => varied.has(cellKey(level, i, j))));
      if (isWanted) guesses.set(position, guess.score);
      else fill(readings, position, guess);
    }
    yield* compute([...guesses.keys()]);
    errors = new Map([...guesses].map(([position, guess]) => [position, Math.abs((scores[position] ?? 0) - guess)]));
    for (const error of errors.values()) all.push(error);
    before = varied;
  }
  return {
    computed: computedCount(readings),
    positions: positionCount(grid),
    compared: all.length,
    meanError: all.length === 0 ? 0 : all.reduce((sum, error) => sum + error, 0) / all.length,
    largestError: all.reduce((most, error) => Math.max(most, error), 0),
  };
}

/** Rows and columns of positions of one level. */
interface Level {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** 0, step, 2 step, … below n, and n − 1. */
export function every(n: number, step: number): readonly number[] {
  const found = Array.from({ length: Math.ceil(n / step) }, (_, i) => i * step);
  return found.at(-1) === n - 1 ? found : [...found, n - 1];
}

const positionsAt = ({ rows, columns }: Level, width: number): readonly number[] => rows.flatMap((y) => columns.map((x) => y * width + x));

/** Largest less smallest value of a map at positions. */
function spread(map: Float32Array, positions: readonly number[]): number {
  const { min, max } = extremes(positions.map((position) => map[position] ?? 0));
  return max - min;
}

/** A cell by its corners: one in which a level has no positions is the same in the next. */
const cellKey = ({ rows, columns }: Level, i: number, j: number): string => [rows[i], rows[i + 1], columns[j], columns[j + 1]].join();

/** Keys of the cells between neighbours of a level whose corners fulfil a condition. */
function cellsOf(level: Level, width: number, holds: (corners: readonly number[], key: string) => boolean): ReadonlySet<string> {
  const { rows, columns } = level;
  const found = new Set<string>();
  for (let i = 0; i < Math.max(rows.length - 1, 1); i++)
    for (let j = 0; j < Math.max(columns.length - 1, 1); j++) {
      const corners = positionsAt({ rows: rows.slice(i, i + 2), columns: columns.slice(j, j + 2) }, width);
      const key = cellKey(level, i, j);
      if (holds(corners, key)) found.add(key);
    }
  return found;
}

/** Numbers of the intervals of one axis that a place lies in: two on a border between them. */
function touching(axis: readonly number[], place: number): readonly number[] {
  const found: number[] = [];
  for (let i = 0; i < Math.max(axis.length - 1, 1); i++)
    if ((axis[i] ?? 0) <= place && place <= (axis[i + 1] ?? axis[i] ?? 0)) found.push(i);
  return found;
}

interface Guess {
  readonly score: number;
  readonly activity: number;
  readonly class: number;
}

/** Bilinear between the neighbours of a level, by the pixels at which windows stand. */
function interpolated(grid: WindowGrid, { rows, columns }: Level, readings: Readings, y: number, x: number): Guess {
  const [top, bottom, down] = between(rows, y, grid.tops);
  const [left, right, across] = between(columns, x, grid.lefts);
  const width = grid.lefts.length;
  const at = (map: Float32Array): number => {
    const value = (row: number, column: number): number => map[row * width + column] ?? 0;
    const above = value(top, left) * (1 - across) + value(top, right) * across;
    const below = value(bottom, left) * (1 - across) + value(bottom, right) * across;
    return above * (1 - down) + below * down;
  };
  const nearest = (down < 0.5 ? top : bottom) * width + (across < 0.5 ? left : right);
  return { score: at(readings.scores), activity: at(readings.activity), class: readings.classes[nearest] ?? 0 };
}

/** The neighbours of a place on an axis of a level, and how far it is from the first to the second, 0 … 1. */
function between(axis: readonly number[], place: number, starts: readonly number[]): readonly [number, number, number] {
  const before = axis.findLast((one) => one <= place) ?? 0;
  const after = axis.find((one) => one >= place) ?? before;
  const [from = 0, at = 0, to = 0] = [starts[before], starts[place], starts[after]];
  return [before, after, to > from ? (at - from) / (to - from) : 0];
}

function fill({ scores, activity, classes }: Readings, position: number, guess: Guess): void {
  scores[position] = guess.score;
  activity[position] = guess.activity;
  classes[position] = guess.class;
}
