/** Weights are multiples of this, so that products of two of them, and their sums up to 1, are exact in float32. */
const GRAIN = 2 ** -12;

/**
 * How much each tile counts at each of its positions along an axis (the linear masks of neural-dream): it rises and falls
 * linearly over what the tile shares with its neighbours, and is 1 where it is alone. At every position the weights of
 * all tiles have sum 1, exactly; of a picture, the weight is the product of those of the two axes.
 */
export function rampWeights(starts: readonly number[], size: number, length: number): Float32Array[] {
  const span = Math.min(size, length);
  const weights = starts.map((_, tile) => rawRamp(starts, tile, span));
  for (let position = 0; position < length; position++) {
    const met = starts.flatMap((start, tile) => (position >= start && position < start + span ? [tile] : []));
    share(met.map((tile) => ({ weights: weights[tile] ?? new Float32Array(), at: position - (starts[tile] ?? 0) })));
  }
  return weights;
}

/** Trapezium that is 1 but for the parts shared with the tile before and the tile after. */
function rawRamp(starts: readonly number[], tile: number, span: number): Float32Array {
  const start = starts[tile] ?? 0;
  const before = Math.max((starts[tile - 1] ?? start - span) + span - start, 0);
  const after = Math.max(start + span - (starts[tile + 1] ?? start + span), 0);
  return Float32Array.from({ length: span }, (_, i) => Math.min(1, (i + 1) / (before + 1), (span - i) / (after + 1)));
}

interface Entry {
  readonly weights: Float32Array;
  readonly at: number;
}

/** Scales the weights that meet at one position to sum 1; what rounding leaves over goes to the largest. */
function share(entries: readonly Entry[]): void {
  const raw = entries.map(({ weights, at }) => weights[at] ?? 0);
  const total = raw.reduce((sum, value) => sum + value, 0);
  const parts = raw.map((value) => Math.round(value / total / GRAIN) * GRAIN);
  const largest = raw.indexOf(Math.max(...raw));
  const rest = 1 - parts.reduce((sum, value) => sum + value, 0);
  for (const [i, { weights, at }] of entries.entries()) weights[at] = (parts[i] ?? 0) + (i === largest ? rest : 0);
}
