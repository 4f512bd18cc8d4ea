import '@tensorflow/tfjs';
import { arrayInput, memoryState, pictureInput, testVisualizer, tinyModel, tinyNetwork } from '@featurescope/core/testing';
import { memory } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { around, conv, maxPool, relu } from '../../../core/src/testing/conformance/table.js';
import { dream } from '../../src/index.js';
import { grid } from '../tiles/grid.js';
import { seamScore } from '../tiles/seam-score.js';
import {
  artifactsOf,
  chain,
  doubles,
  events,
  type Given,
  handGradient,
  landscape,
  modelOf,
  photonet,
  relativeError,
  seriesOf,
  tensorOf,
  warningsOf,
  wavy,
} from './support.js';

const options: Given = { layers: ['conv2'], iterations: 3, octaves: 2, jitter: 2, stepRule: 'adam' };
testVisualizer(dream, { describe, it, options: { ...options, tileSize: [6, 5], tileShift: true } });
testVisualizer(dream, { describe, it, options: { ...options, tileSize: [8, 6], tileOverlap: [3, 2], tileBlend: 'ramp', tileShift: true } });

const quiet: Given = { octaves: 1, jitter: 0, stepRule: 'fixed', step: 1e-3, clamp: false, frameEvery: 0 };
const STEP = 1e-3;

const run = async (given: Given, [height, width]: readonly [number, number], data: Float32Array, seed = 1) => {
  const model = await tinyModel();
  try {
    return await events(model, given, { inputs: [arrayInput('array', [height, width, 3], data)], seed });
  } finally {
    model.dispose();
  }
};

interface Box {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Calls for each value of a box: its place in the picture and in the box. */
function each({ top, left, height, width }: Box, of: number, channels: number, call: (at: number, inBox: number) => void): void {
  for (let y = 0; y < height; y++)
    for (let i = 0; i < width * channels; i++) call(((top + y) * of + left) * channels + i, y * width * channels + i);
}

describe('tiles that are visited one after another', () => {
  it('and do not overlap are pictures of their own', async () => {
    const data = wavy(12 * 10 * 3);
    const given: Given = { ...quiet, layers: ['conv2'], iterations: 3 };
    const tiled = tensorOf(await run({ ...given, tileSize: [6, 5] }, [12, 10], data)).data;
    for (const [top, left] of [
      [0, 0],
      [0, 5],
      [6, 0],
      [6, 5],
    ] as const) {
      const box = { top, left, height: 6, width: 5 };
      const part = new Float32Array(6 * 5 * 3);
      each(box, 10, 3, (at, inBox) => {
        part[inBox] = data[at] ?? Number.NaN;
      });
      const alone = tensorOf(await run(given, [6, 5], part)).data;
      each(box, 10, 3, (at, inBox) => void expect(tiled[at]).toBe(alone[inBox]));
    }
  });

  it('see what the tile before made of the picture, the last one moved back to the border', async () => {
    const [height, width] = [9, 11];
    const data = wavy(height * width * 3, 2);
    const all = await run({ ...quiet, layers: ['conv2'], iterations: 2, tileSize: [6, 6], tileOverlap: [2, 3] }, [height, width], data);
    const network = tinyNetwork();
    const x = Float64Array.from(data);
    const objective: number[] = [];
    for (let i = 0; i < 2; i++) {
      let value = 0;
      for (const top of [0, 3])
        for (const left of [0, 3, 5]) {
          const box = { top, left, height: 6, width: 6 };
          const part = doubles([1, 6, 6, 3], new Float64Array(6 * 6 * 3));
          each(box, width, 3, (at, inBox) => {
            part.data[inBox] = x[at] ?? Number.NaN;
          });
          const made = handGradient(network, part, [{ layer: 'conv2', form: 'squares', weight: 1 }]);
          each(box, width, 3, (at, inBox) => {
            x[at] = (x[at] ?? 0) + STEP * (made.gradient[inBox] ?? Number.NaN);
          });
          value += made.value;
        }
      objective.push((value * height * width) / (6 * 36));
    }
    expect(relativeError(tensorOf(all).data, x, data)).toBeLessThan(1e-4);
    expect(seriesOf(all, 'objective')).toHaveLength(2);
    seriesOf(all, 'objective').forEach((value, i) => void expect(value / (objective[i] ?? Number.NaN)).toBeCloseTo(1, 5));
  });

  it('keep the moments of Adam with the pixels', async () => {
    const data = wavy(12 * 10 * 3);
    const given: Given = { ...quiet, layers: ['conv2'], iterations: 4, stepRule: 'adam', step: 0.01 };
    const tiled = tensorOf(await run({ ...given, tileSize: [6, 5] }, [12, 10], data)).data;
    const box = { top: 6, left: 5, height: 6, width: 5 };
    const part = new Float32Array(6 * 5 * 3);
    each(box, 10, 3, (at, inBox) => {
      part[inBox] = data[at] ?? Number.NaN;
    });
    const alone = tensorOf(await run(given, [6, 5], part)).data;
    each(box, 10, 3, (at, inBox) => void expect(tiled[at]).toBe(alone[inBox]));
  });
});

/** Receptive field 15, positions 4 pixels apart. */
const strided = () =>
  chain(
    [conv(3, 4, { name: 'a', stride: [2, 2], padding: around(1) }), relu(), maxPool(2, 2), conv(3, 5, { name: 'b', padding: around(1) })],
    [24, 24, 3],
  );
const FIELD = 15;

describe('tiles whose gradients are blended', () => {
  const [height, width] = [64, 76];
  const data = wavy(height * width * 3);
  const added = async (given: Given): Promise<Float32Array> => {
    const model = await modelOf(strided(), { size: [24, 24], channels: 3, fixedSize: false });
    const all = await events(
      model,
      { ...quiet, layers: ['b'], iterations: 1, ...given },
      { inputs: [arrayInput('array', [height, width, 3], data)] },
    );
    model.dispose();
    return tensorOf(all).data.map((value, i) => value - (data[i] ?? 0));
  };

  it.each([
    [
      [40, 40],
      [0, 0],
    ],
    [
      [48, 48],
      [16, 8],
    ],
    [
      [36, 52],
      [4, 12],
    ],
    [
      [56, 44],
      [40, 4],
    ],
  ] as const)(
    'of %j with an overlap of %j give the gradient of the whole picture, but near their borders',
    async (tileSize, tileOverlap) => {
      const whole = await added({});
      const tiled = await added({ tileSize: [...tileSize], tileOverlap: [...tileOverlap], tileBlend: 'ramp' });
      const borders = (axis: 0 | 1, length: number): number[] =>
        grid([height, width], tileSize, tileOverlap)
          .flatMap((box) => (axis === 0 ? [box.top, box.top + box.height] : [box.left, box.left + box.width]))
          .filter((at) => at > 0 && at < length);
      const [rows, columns] = [borders(0, height), borders(1, width)];
      const isFar = (at: number, from: readonly number[]) => from.every((border) => at >= border + FIELD || at < border - FIELD);
      const largest = whole.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
      let compared = 0;
      let near = 0;
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const at = (y * width + x) * 3;
          const error = Math.abs((tiled[at] ?? Number.NaN) - (whole[at] ?? Number.NaN)) / largest;
          if (isFar(y, rows) && isFar(x, columns)) {
            compared++;
            expect(error, `${y},${x}`).toBeLessThan(1e-5);
          } else near = Math.max(near, error);
        }
      expect(compared).toBeGreaterThan(50);
      expect(near).toBeGreaterThan(1e-3);
    },
  );

  it('take one step, with one mean gradient, for the whole picture', async () => {
    const whole = await added({ stepRule: 'mean-gradient', step: 1 });
    const tiled = await added({ stepRule: 'mean-gradient', step: 1, tileSize: [48, 60], tileOverlap: 16, tileBlend: 'ramp' });
    const size = (values: Float32Array) => values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length;
    expect(size(whole)).toBeCloseTo(1, 4);
    expect(size(tiled)).toBeCloseTo(1, 4);
  });
});

describe('a grid that moves', () => {
  const given: Given = { ...quiet, layers: ['conv2'], iterations: 1, tileSize: [6, 5], tileShift: true };
  const size = [13, 17] as const;
  const data = wavy(13 * 17 * 3);

  it.each(['none', 'ramp'] as const)('changes every pixel (%s)', async (tileBlend) => {
    for (const seed of [1, 2, 3]) {
      const result = tensorOf(await run({ ...given, tileBlend, stepRule: 'mean-gradient' }, size, data, seed)).data;
      for (let pixel = 0; pixel < 13 * 17; pixel++)
        expect(
          [0, 1, 2].some((c) => result[pixel * 3 + c] !== data[pixel * 3 + c]),
          `pixel ${pixel}`,
        ).toBe(true);
    }
  });

  it('moves the same way for the same seed only, and in every iteration', async () => {
    const of = async (seed: number, iterations: number) => tensorOf(await run({ ...given, iterations }, size, data, seed)).data;
    expect(await of(1, 3)).toEqual(await of(1, 3));
    expect(await of(1, 3)).not.toEqual(await of(2, 3));
  });
});

describe('an interrupted dream in tiles', () => {
  it.each([
    { tileBlend: 'none', tileShift: true },
    { tileBlend: 'ramp', tileOverlap: 2, tileShift: true },
  ] as const)('ends with the same bytes: %j', async (tiles) => {
    const model = await tinyModel();
    const inputs = [arrayInput('array', [11, 13, 3], wavy(11 * 13 * 3))];
    const given: Given = {
      layers: ['relu1', 'conv2'],
      iterations: 13,
      octaves: 2,
      jitter: 3,
      stepRule: 'adam',
      frameEvery: 0,
      tileSize: [6, 5],
      ...tiles,
    };
    const whole = artifactsOf(await events(model, given, { inputs }));
    const state = memoryState();
    await events(model, given, { inputs, state }, (event) => event.type === 'metric' && event.step === 24);
    expect(state.saved).toBeDefined();
    const rest = artifactsOf(await events(model, given, { inputs, state }));
    expect(rest).toEqual(whole);
    model.dispose();
  });
});

describe('tiles and the picture', () => {
  it('say so when a tile is as large as the picture', async () => {
    const data = wavy(6 * 5 * 3);
    const all = await run({ ...quiet, layers: ['conv1'], iterations: 1, tileSize: [8, 8], tileOverlap: 2 }, [6, 5], data);
    expect(warningsOf(all)).toEqual([expect.stringMatching(/--tile-size, --tile-overlap have no effect/)]);
    expect(tensorOf(all).data).toEqual(tensorOf(await run({ ...quiet, layers: ['conv1'], iterations: 1 }, [6, 5], data)).data);
  });

  it('refuse an overlap of a whole tile', async () => {
    await expect(run({ ...quiet, layers: ['conv1'], tileSize: [6, 5], tileOverlap: 5 }, [12, 12], wavy(12 * 12 * 3))).rejects.toThrow(
      /--tile-overlap 5,5/,
    );
  });

  it('let go of everything', async () => {
    const model = await tinyModel();
    const before = memory().numTensors;
    const inputs = [arrayInput('array', [11, 13, 3], wavy(11 * 13 * 3))];
    for (const tileBlend of ['none', 'ramp'] as const)
      await events(model, { layers: ['conv2'], iterations: 2, tileSize: [6, 5], tileBlend, guide: 'wide.png' }, { inputs });
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });
});

describe('photonet on a landscape', () => {
  const given: Given = { layers: ['relu2_1'], octaves: 1, iterations: 10, frameEvery: 0, jitter: 0 };
  const [height, width] = [96, 128];

  it('has no seams where tiles overlap and are blended, and more where they do not', async () => {
    const model = await photonet();
    const inputs = [pictureInput('landscape', await landscape(height, width))];
    const dreamt = async (tiles: Given) => tensorOf(await events(model, { ...given, ...tiles }, { inputs })).data;
    const [first, whole] = [await dreamt({ iterations: 1, stepRule: 'fixed', step: 1e-30 }), await dreamt({})];
    const score = (values: Float32Array, overlap: number): number => {
      const added = (of: Float32Array) => of.map((value, i) => value - (first[i] ?? 0));
      const scored = (of: Float32Array) => seamScore(added(of), [height, width, 3], grid([height, width], [64, 64], [overlap, overlap]));
      return scored(values) / scored(whole);
    };
    const apart = score(await dreamt({ tileSize: [64, 64], tileBlend: 'ramp' }), 0);
    const blended = score(await dreamt({ tileSize: [64, 64], tileOverlap: 32, tileBlend: 'ramp' }), 32);
    expect(blended).toBeLessThan(1.1);
    expect(blended).toBeLessThan(apart);
    model.dispose();
  });
});
