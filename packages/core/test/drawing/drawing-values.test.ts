import { memory } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { atResolution, drawingInput, drawingValues, type InputSpec, rasterise, strokeChannels } from '../../src/index.js';
import { syntheticDrawing } from '../../src/testing/index.js';

const sketch = syntheticDrawing('values', 6);
const plain = { channelOrder: 'grey', scale: 1, mean: [], std: [] } as const;
const spec = (channels: number, given: Partial<InputSpec> = {}): InputSpec => ({ size: [30, 30], channels, fixedSize: false, ...given });

describe('a network that sees strokes', () => {
  it('gets stroke-order channels with ink 255 on 0', () => {
    const { shape, data } = drawingValues(
      sketch,
      spec(6, { preprocessing: { ...plain, strokes: { penWidth: 2, parts: 3, split: 'even' } } }),
    );
    expect(shape).toEqual([1, 30, 30, 6]);
    const ink = strokeChannels(sketch, { size: [30, 30], penWidth: 2, parts: 3 });
    data.forEach((value, i) => {
      expect(value).toBeCloseTo(255 * (ink[i] ?? Number.NaN), 3);
    });
  });

  it('gets them scaled, less the mean, over the deviation of each channel', () => {
    const strokes = { penWidth: 2, parts: 2, split: 'even' } as const;
    const preprocessing = { channelOrder: 'grey', scale: 1 / 255, mean: [0, 0.5, 0.25], std: [1, 2, 0.5], strokes } as const;
    const { data } = drawingValues(sketch, spec(3, { preprocessing }));
    const ink = strokeChannels(sketch, { size: [30, 30], penWidth: 2, parts: 2 });
    const expected = ink.map((value, i) => (value - ([0, 0.5, 0.25][i % 3] ?? 0)) / ([1, 2, 0.5][i % 3] ?? 1));
    data.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 5);
    });
  });

  it('gets the middle of a larger canvas, from row and column ⌊(canvas − size)/2⌋ on, sharp or not', () => {
    const whole = rasterise(sketch, [41, 41], 2);
    for (const resolution of [undefined, 20]) {
      const strokes = { canvas: 41, penWidth: 2, parts: 1, split: 'even', ...(resolution && { resolution }) } as const;
      const { data } = drawingValues(sketch, spec(1, { preprocessing: { ...plain, scale: 1 / 255, strokes } }));
      const shown = resolution ? atResolution(whole, [41, 41], resolution) : whole;
      for (let y = 0; y < 30; y++)
        for (let x = 0; x < 30; x++) expect(data[y * 30 + x]).toBeCloseTo(shown[(y + 5) * 41 + x + 5] ?? Number.NaN, 5);
    }
  });

  it('gets the channels of several scales one after the other', () => {
    const strokes = { canvas: 40, penWidth: 2, parts: 2, split: 'even' } as const;
    const at = (resolution: number | readonly number[], channels: number) =>
      drawingValues(sketch, spec(channels, { preprocessing: { ...plain, strokes: { ...strokes, resolution } } })).data;
    const [both, fine, coarse] = [at([40, 10], 6), at(40, 3), at(10, 3)];
    for (let i = 0; i < 900; i++) {
      expect(both.subarray(6 * i, 6 * i + 3)).toEqual(fine.subarray(3 * i, 3 * i + 3));
      expect(both.subarray(6 * i + 3, 6 * i + 6)).toEqual(coarse.subarray(3 * i, 3 * i + 3));
    }
    expect(fine).not.toEqual(coarse);
  });

  it('gets a thicker pen at a larger size, and the whole canvas', () => {
    const strokes = { canvas: 40, penWidth: 2, parts: 1, split: 'even' } as const;
    const { shape, data } = drawingValues(sketch, spec(1, { preprocessing: { ...plain, scale: 1 / 255, strokes } }), [80, 80]);
    expect(shape).toEqual([1, 80, 80, 1]);
    const expected = rasterise(sketch, [80, 80], 4);
    data.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 5);
    });
  });

  it('is recognised by its channels where nothing is said', () => {
    expect(drawingValues(sketch, spec(6)).shape).toEqual([1, 30, 30, 6]);
    expect(drawingValues(sketch, spec(15)).shape).toEqual([1, 30, 30, 15]);
    expect(() => drawingValues(sketch, spec(4), 'model', 'cat.ndjson#2')).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The drawing cat.ndjson#2 cannot be shown to a network of 4 channels. Expected one that takes a picture (1 or 3 channels) or the contiguous unions of k parts of a drawing (1, 3, 6, 10 or 15 channels).]`,
    );
    const strokes = { penWidth: 2, parts: 2, split: 'even' } as const;
    expect(() => drawingValues(sketch, spec(6, { preprocessing: { ...plain, strokes } }))).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The network's preprocessing cuts drawings into 2 parts, which are 3 channels, but the network takes 6. Correct \`strokes.parts\`, or use the preprocessing that belongs to the network.]`,
    );
  });
});

describe('a network of pictures', () => {
  it('gets black lines on white, never distorted', () => {
    const { shape, data } = drawingValues(sketch, spec(3), [30, 60]);
    expect(shape).toEqual([1, 30, 60, 3]);
    const ink = rasterise(sketch, [30, 60], 1.5);
    data.forEach((value, i) => {
      expect(value).toBe(Math.round(255 * (1 - (ink[Math.floor(i / 3)] ?? 0))));
    });
  });

  it('gets white lines on black however much of the canvas is ink', () => {
    const preprocessing = { ...plain, scale: 1 / 255, mean: [0], std: [1], invert: true };
    const blot = { strokes: [{ x: Float64Array.of(0, 30), y: Float64Array.of(15, 15) }], width: 30, height: 30 };
    const full = {
      ...blot,
      strokes: Array.from({ length: 14 }, (_, i) => ({ x: Float64Array.of(0, 30), y: Float64Array.of(2 * i, 2 * i) })),
    };
    const { data } = drawingValues(full, spec(1, { preprocessing }));
    expect(data[15 * 30 + 15]).toBeGreaterThan(0.5);
    expect(data[29 * 30 + 15]).toBe(0);
  });

  it('gets white lines on black where it was trained so', () => {
    const preprocessing = { channelOrder: 'grey', scale: 1 / 255, mean: [0], std: [1], invert: true } as const;
    const { data } = drawingValues(sketch, spec(1, { preprocessing }));
    const ink = rasterise(sketch, [30, 30], 1.5);
    data.forEach((value, i) => {
      expect(Math.abs(value - (ink[i] ?? Number.NaN))).toBeLessThan(1 / 255);
    });
  });

  it('gets its crop of the canvas', () => {
    const preprocessing = { channelOrder: 'rgb', scale: 1, mean: [0, 0, 0], std: [1, 1, 1], resizeShortSide: 40 } as const;
    expect(drawingValues(sketch, spec(3, { preprocessing })).shape).toEqual([1, 30, 30, 3]);
    expect(drawingValues(sketch, spec(3), 'native').shape).toEqual([1, 80, 100, 3]);
  });
});

describe('a drawing as an input', () => {
  it('is a tensor, plain values, and strokes', async () => {
    const before = memory().numTensors;
    const input = drawingInput('cat', 'cat.ndjson#2', sketch);
    expect(input).toMatchObject({ name: 'cat', source: 'cat.ndjson#2', raw: false, size: [80, 100] });
    const tensor = await input.tensor(spec(6));
    const values = await input.values?.(spec(6));
    expect(tensor.shape).toEqual(values?.shape);
    expect(new Float32Array(tensor.dataSync())).toEqual(values?.data);
    tensor.dispose();
    expect(await input.drawing?.()).toBe(sketch);
    expect(memory().numTensors).toBe(before);
  });
});
