import type { Preprocessing, Random, Shape, TrainingExamples } from '@featurescope/core';

/** Network inputs to train on. */
export interface ScratchPictures {
  /** [H, W, C] each. */
  readonly pictures: readonly Float32Array[];
  readonly labels: readonly number[];
  readonly classes: readonly string[];
  readonly shape: Shape;
  /** Left out for a bare model file. */
  readonly preprocessing?: Preprocessing | undefined;
}

const BARE: Preprocessing = { channelOrder: 'rgb', scale: 1, mean: [0, 0, 0], std: [1, 1, 1] };

/** Network inputs as examples; with `augment` half of them are mirrored and all are shifted by up to an eighth of their side, their edge repeated. */
export function scratchExamples({ pictures, labels, classes, shape, preprocessing }: ScratchPictures, augment: boolean): TrainingExamples {
  const [height, width, channels] = shape;
  const write = (index: number, target: Float32Array, at: number): void => target.set(pictures[index] ?? [], at);
  return {
    labels: Int32Array.from(labels),
    classes,
    height,
    width,
    channels,
    preprocessing: preprocessing ?? BARE,
    write,
    writeDistorted(index, random, target, at) {
      if (augment) writeShifted(pictures[index] ?? new Float32Array(), shape, drawShift(shape, random), target, at);
      else write(index, target, at);
    },
  };
}

interface Shift {
  readonly mirrored: boolean;
  readonly dy: number;
  readonly dx: number;
}

function drawShift([height, width]: Shape, random: Random): Shift {
  const [down, across] = [Math.floor(height / 8), Math.floor(width / 8)];
  return { mirrored: random.uniform() < 0.5, dy: random.integer(-down, down), dx: random.integer(-across, across) };
}

function writeShifted(
  picture: Float32Array,
  [height, width, channels]: Shape,
  { mirrored, dy, dx }: Shift,
  target: Float32Array,
  at: number,
): void {
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const row = within(y - dy, height);
      const column = within(mirrored ? width - 1 - x + dx : x - dx, width);
      const from = (row * width + column) * channels;
      const to = at + (y * width + x) * channels;
      for (let c = 0; c < channels; c++) target[to + c] = picture[from + c] ?? 0;
    }
}

const within = (place: number, size: number): number => Math.min(Math.max(place, 0), size - 1);
