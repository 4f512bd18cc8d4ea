import * as tf from '@tensorflow/tfjs-core';
import type { Drawing, Stroke } from '../drawing/drawing.js';
import { drawingInput } from '../drawing/drawing-input.js';
import { resizePlan } from '../image/geometry.js';
import type { Image } from '../image/image.js';
import { cropImage } from '../image/pixels.js';
import { toTensor } from '../image/preprocess.js';
import type { Extent, Shape } from '../network/layer.js';
import type { InputLoader } from '../platform/platform.js';
import type { Random } from '../random.js';
import { createRandom } from '../random-stream.js';
import { noSuchInput } from '../run/errors.js';
import type { Input } from '../visualizer/context.js';
import { memoryCodec } from './memory-platform.js';

/** A picture as an input. */
export const pictureInput = (name: string, image: Image): Input => ({
  name,
  source: `${name}.png`,
  raw: false,
  size: [image.height, image.width],
  async tensor(spec, size) {
    const { resize, crop } = resizePlan([image.height, image.width], spec, size);
    const scaled = await memoryCodec.resize(image, resize);
    return toTensor(crop ? cropImage(scaled, crop) : scaled, spec);
  },
});

/** An array [H, W, C] as an input, fed as it is. */
export const arrayInput = (name: string, [height, width, channels]: Shape, data: Float32Array): Input => ({
  name,
  source: `${name}.npy`,
  raw: true,
  size: [height, width],
  tensor: async () => tf.tensor4d(data.slice(), [1, height, width, channels]),
});

/** A colourful picture of smooth shapes, the same for the same seed. */
export function syntheticPicture(seed: number | string, [height, width]: Extent): Image {
  const random = createRandom(seed);
  const waves = Array.from({ length: 3 }, () => [random.uniform() * 3, random.uniform() * 3, random.uniform() * 6] as const);
  const data = Uint8Array.from({ length: height * width * 3 }, (_, i) => {
    const [fy, fx, phase] = waves[i % 3] ?? [1, 1, 0];
    const [y, x] = [Math.floor(i / 3 / width) / height, (Math.floor(i / 3) % width) / width];
    return Math.round(127.5 + 90 * Math.sin(2 * Math.PI * (fy * y + fx * x) + phase) + 30 * (random.uniform() - 0.5));
  });
  return { width, height, channels: 3, data };
}

/** A drawing of smooth strokes on a canvas of 100 × 80, the same for the same seed. */
export function syntheticDrawing(seed: number | string, strokes = 5): Drawing {
  const random = createRandom(seed);
  return { width: 100, height: 80, strokes: Array.from({ length: strokes }, (_, i) => syntheticStroke(random.fork(i), i)) };
}

function syntheticStroke(random: Random, order: number): Stroke {
  const points = random.integer(4, 20);
  const [cx, cy, size, turns, phase] = [
    20 + 60 * random.uniform(),
    20 + 40 * random.uniform(),
    3 + 15 * random.uniform(),
    random.uniform(),
    random.uniform(),
  ];
  const angle = (i: number): number => 2 * Math.PI * (phase + (turns * i) / points);
  return {
    x: Float64Array.from({ length: points }, (_, i) => cx + size * Math.cos(angle(i))),
    y: Float64Array.from({ length: points }, (_, i) => cy + size * Math.sin(angle(i))),
    t: Float64Array.from({ length: points }, (_, i) => 1000 * order + 20 * i),
  };
}

/** Two drawings for tests, of five strokes and of one. */
export const testDrawings = (): readonly Input[] => [
  drawingInput('many', 'many.ndjson#1', syntheticDrawing('many')),
  drawingInput('one', 'many.ndjson#2', syntheticDrawing('one', 1)),
];

/** A picture of one grey. */
export const flatPicture = ([height, width]: Extent, level = 110): Image => ({
  width,
  height,
  channels: 3,
  data: new Uint8Array(height * width * 3).fill(level),
});

/** Finds inputs by their sources. @throws FeaturescopeError when there is none of that source */
export const memoryInputLoader = (inputs: readonly Input[]): InputLoader => ({
  load: async (sources) =>
    sources.map((source) => {
      const found = inputs.find((input) => input.source === source);
      if (!found) throw noSuchInput(source);
      return found;
    }),
});

/** Two pictures, wide and high, for tests. */
export const testInputs = (): readonly Input[] => [
  pictureInput('wide', syntheticPicture('wide', [13, 18])),
  pictureInput('high', syntheticPicture('high', [17, 11])),
];
