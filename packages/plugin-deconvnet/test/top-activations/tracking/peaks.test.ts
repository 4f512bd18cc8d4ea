import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Margins, type Peak, peaksOf } from '../../../src/top-activations/tracking/peaks.js';

type Size = readonly [pictures: number, height: number, width: number, channels: number];

/** What pools over rows and columns give, by looking at all positions. */
function marginsOf(values: Float32Array, [pictures, height, width, channels]: Size, nonNegative: boolean): Margins & { looks: number } {
  const rows = new Float32Array(pictures * height * channels).fill(Number.NEGATIVE_INFINITY);
  const columns = new Float32Array(pictures * width * channels).fill(Number.NEGATIVE_INFINITY);
  values.forEach((value, i) => {
    const [channel, x, y] = [i % channels, Math.floor(i / channels) % width, Math.floor(i / channels / width) % height];
    const picture = Math.floor(i / channels / width / height);
    const [row, column] = [(picture * height + y) * channels + channel, (picture * width + x) * channels + channel];
    rows[row] = Math.max(rows[row] ?? 0, value);
    columns[column] = Math.max(columns[column] ?? 0, value);
  });
  const margins = {
    ...{ pictures, height, width, channels, rows, columns, nonNegative, looks: 0 },
    whole: async () => {
      margins.looks++;
      return values;
    },
  };
  return margins;
}

/** The largest value of every channel, by looking at all positions in turn. */
function scanned(values: Float32Array, [pictures, height, width, channels]: Size) {
  const peaks: (Peak & { at: readonly [number, number] })[] = [];
  for (let picture = 0; picture < pictures; picture++)
    for (let channel = 0; channel < channels; channel++) {
      let best = { picture, channel, value: Number.NEGATIVE_INFINITY, at: [0, 0] as readonly [number, number] };
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const value = values[((picture * height + y) * width + x) * channels + channel] ?? 0;
          if (value > best.value) best = { ...best, value, at: [y, x] };
        }
      peaks.push(best);
    }
  return peaks;
}

describe('peaksOf', () => {
  const size = fc.integer({ min: 1, max: 5 });

  it('finds the first of the largest values, however many there are', async () => {
    // Few different values, so that most maps reach their largest one in several rows and columns.
    await fc.assert(
      fc.asyncProperty(
        size,
        size,
        size,
        size,
        fc.integer({ min: 0, max: 3 }),
        fc.boolean(),
        fc.integer(),
        async (n, h, w, c, levels, positive, seed) => {
          const shape = [n, h, w, c] as const;
          const lowest = positive ? 0 : -1;
          const values = Float32Array.from(
            { length: n * h * w * c },
            (_, i) => (Math.abs(Math.imul(i + 7, seed | 1) >> 13) % (levels + 1)) + lowest,
          );
          const peaks = peaksOf(marginsOf(values, shape, positive));
          const expected = scanned(values, shape);
          expect([...peaks.values]).toEqual(expected.map(({ value }) => value));
          expect(await peaks.locate(expected)).toEqual(expected.map(({ at }) => at));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('looks at the map only where rows and columns leave the position open', async () => {
    const peak = { picture: 0, channel: 0, value: 5 };
    const one = marginsOf(Float32Array.of(0, 5, 5, 0, 0, 1), [1, 2, 3, 1], false);
    expect(await peaksOf(one).locate([peak])).toEqual([[0, 1]]);
    const nothing = marginsOf(new Float32Array(6), [1, 2, 3, 1], true);
    expect(await peaksOf(nothing).locate([{ ...peak, value: 0 }])).toEqual([[0, 0]]);
    expect([one.looks, nothing.looks]).toEqual([0, 0]);
    const across = marginsOf(Float32Array.of(0, 5, 5, 0, 0, 0, 0, 0, 5), [1, 3, 3, 1], false);
    expect(await peaksOf(across).locate([peak])).toEqual([[0, 1]]);
    expect(across.looks).toBe(1);
  });
});
