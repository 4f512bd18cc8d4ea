/** Red, green and blue, 0 … 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Indigo, blue, green, orange, red: all dark enough to be seen on white. */
const STOPS: readonly Colour[] = [
  [68, 20, 120],
  [36, 90, 200],
  [20, 150, 110],
  [235, 150, 10],
  [205, 30, 40],
];

/** Colour of a place in time: indigo at 0, red at 1. */
export function orderColour(part: number): Colour {
  const position = Math.min(1, Math.max(0, part)) * (STOPS.length - 1);
  const first = Math.min(Math.floor(position), STOPS.length - 2);
  const share = position - first;
  const [low, high] = [STOPS[first] ?? [0, 0, 0], STOPS[first + 1] ?? [0, 0, 0]];
  return [0, 1, 2].map((c) => (low[c] ?? 0) + share * ((high[c] ?? 0) - (low[c] ?? 0))) as unknown as Colour;
}

/** Colours of n strokes from the first to the last. */
export const orderColours = (strokes: number): readonly Colour[] =>
  Array.from({ length: strokes }, (_, i) => orderColour(strokes === 1 ? 0 : i / (strokes - 1)));
