/** The ink of strokes in a network's input: numbers of the input that differ from an empty canvas, and how much of full ink they have. */
export interface Ink {
  /** Indices into values [H, W, C], rising. */
  readonly at: Uint32Array;
  /** 0 … 1 */
  readonly amount: Float32Array;
  /** In pixels of full ink, those of several channels counted once, with the most. */
  readonly pixels: number;
}

/** The ink in values [H, W, C] that are an empty canvas without it. */
export function inkIn(values: Float32Array, empty: Float32Array, ranges: readonly number[]): Ink {
  const at: number[] = [];
  const amount: number[] = [];
  const channels = ranges.length;
  let pixels = 0;
  for (let pixel = 0; pixel < values.length; pixel += channels) {
    let most = 0;
    for (let c = 0; c < channels; c++) {
      const ink = Math.abs((values[pixel + c] ?? 0) - (empty[pixel + c] ?? 0)) / (ranges[c] ?? 1);
      if (ink === 0) continue;
      at.push(pixel + c);
      amount.push(ink);
      most = Math.max(most, ink);
    }
    pixels += most;
  }
  return { at: Uint32Array.from(at), amount: Float32Array.from(amount), pixels };
}

/**
 * Deals an attribution [H, W, C] out to strokes: each number goes to the strokes that have ink there, in proportion to it. For each
 * stroke its share at each place of its ink; all of them together add up to what lies on ink.
 */
export function dealtOut(attribution: ArrayLike<number>, inks: readonly Ink[]): readonly Float64Array[] {
  const total = new Float64Array(attribution.length);
  for (const { at, amount } of inks) for (const [i, place] of at.entries()) total[place] = (total[place] ?? 0) + (amount[i] ?? 0);
  return inks.map(({ at, amount }) =>
    Float64Array.from(at, (place, i) => ((attribution[place] ?? 0) * (amount[i] ?? 0)) / (total[place] ?? 1)),
  );
}
