import type { Colour } from './order-colours.js';

/** Grey at zero, deeper with magnitude, so that every stroke can be seen on white. */
const POSITIVE: readonly Colour[] = [
  [196, 196, 200],
  [240, 130, 90],
  [170, 10, 30],
];
const NEGATIVE: readonly Colour[] = [
  [196, 196, 200],
  [95, 160, 225],
  [15, 50, 150],
];

/** Colour of a value from −1, blue, over 0, light grey, to 1, red; beyond, that of the end. */
export function divergingColour(value: number): Colour {
  const stops = value < 0 ? NEGATIVE : POSITIVE;
  const position = Math.min(Math.abs(Number.isFinite(value) ? value : 0), 1) * (stops.length - 1);
  const first = Math.min(Math.floor(position), stops.length - 2);
  const share = position - first;
  const [low, high] = [stops[first] ?? [0, 0, 0], stops[first + 1] ?? [0, 0, 0]];
  return [0, 1, 2].map((c) => (low[c] ?? 0) + share * ((high[c] ?? 0) - (low[c] ?? 0))) as unknown as Colour;
}
