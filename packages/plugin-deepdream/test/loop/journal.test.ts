import { memoryState } from '@featurescope/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Canvas } from '../../src/loop/canvas.js';
import { type Progress, record, recordedBytes, restore } from '../../src/loop/journal.js';

const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const canvas = fc
  .tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
  .chain((shape): fc.Arbitrary<Canvas> => {
    const length = shape[0] * shape[1] * shape[2] * shape[3];
    return fc
      .array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: length, maxLength: length })
      .map((values) => ({ shape, data: Float32Array.from(values) }));
  });
const name = fc.constantFrom('objective', 'l2(conv 1/2)', 'ä:"');
const lists = fc.dictionary(name, fc.array(number, { maxLength: 4 })).map((of) => new Map(Object.entries(of)));
const frame = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.constantFrom<1 | 3>(1, 3))
  .chain(([width, height, channels]) =>
    fc
      .uint8Array({ minLength: width * height * channels, maxLength: width * height * channels })
      .map((data) => ({ width, height, channels, data })),
  );

const progress: fc.Arbitrary<Progress> = fc.record({
  course: fc.nat(9),
  stage: fc.nat(9),
  iteration: fc.nat(999),
  canvas,
  memory: fc.record({ moments: fc.array(canvas, { maxLength: 2 }), count: fc.nat() }),
  series: lists,
  notes: lists,
  frames: fc.array(frame, { maxLength: 3 }),
  kept: fc.dictionary(name, canvas).map((of) => new Map(Object.entries(of))),
});

describe('the journal of a run', () => {
  it('gives back what was recorded, to the bit', async () => {
    await fc.assert(
      fc.asyncProperty(progress, async (given) => {
        const state = memoryState();
        await record(state, given);
        expect(await restore(state)).toEqual(given);
      }),
    );
  });

  it('is empty before the first recording', async () => {
    expect(await restore(memoryState())).toBeUndefined();
  });

  it('costs about as much as it says', async () => {
    const of = (side: number): Canvas => ({ shape: [1, side, side, 3], data: new Float32Array(side * side * 3) });
    const given: Progress = {
      course: 0,
      stage: 0,
      iteration: 1,
      canvas: of(40),
      memory: { moments: [of(40), of(40)], count: 3 },
      series: new Map([['objective', [1]]]),
      notes: new Map(),
      frames: [{ width: 40, height: 40, channels: 3, data: new Uint8Array(4800) }],
      kept: new Map([['base', of(40)]]),
    };
    const state = memoryState();
    await record(state, given);
    expect((state.saved?.length ?? 0) / recordedBytes(given)).toBeCloseTo(1, 1);
  });
});
