import type { Shape } from '@featurescope/core';

export const TRANSFORMATIONS = ['vertical-translation', 'horizontal-translation', 'scale', 'rotation'] as const;

export type TransformationName = (typeof TRANSFORMATIONS)[number];

/** A change of a picture: pixels down or to the right, a factor of its size, or degrees counter-clockwise; the last two about its centre. */
export interface Transformation {
  readonly name: TransformationName;
  readonly amount: number;
}

/** Whether a transformation leaves every picture as it is. */
export const isIdentity = ({ name, amount }: Transformation): boolean =>
  name === 'scale' ? amount === 1 : name === 'rotation' ? amount % 360 === 0 : amount === 0;

/** Where in the original, from its centre, a place of the changed picture comes from: (yy · y + yx · x + dy, xy · y + xx · x + dx). */
interface Inverse {
  readonly yy: number;
  readonly yx: number;
  readonly xy: number;
  readonly xx: number;
  readonly dy: number;
  readonly dx: number;
}

const UNCHANGED: Inverse = { yy: 1, yx: 0, xy: 0, xx: 1, dy: 0, dx: 0 };

function inverseOf({ name, amount }: Transformation): Inverse {
  switch (name) {
    case 'vertical-translation':
      return { ...UNCHANGED, dy: -amount };
    case 'horizontal-translation':
      return { ...UNCHANGED, dx: -amount };
    case 'scale':
      return { ...UNCHANGED, yy: 1 / amount, xx: 1 / amount };
    case 'rotation': {
      const [cosine, sine] = turn(amount);
      return { ...UNCHANGED, yy: cosine, yx: sine, xy: -sine, xx: cosine };
    }
  }
}

/** Cosine and sine of an angle in degrees, exact for right angles. */
function turn(degrees: number): readonly [cosine: number, sine: number] {
  const quarters = degrees / 90;
  if (!Number.isInteger(quarters)) return [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const quarter = ((quarters % 4) + 4) % 4;
  return [[1, 0, -1, 0][quarter] ?? 1, [0, 1, 0, -1][quarter] ?? 0];
}

/**
 * A changed picture [H, W, C] of the same size, in bilinear interpolation between the centres of pixels; around the picture lies `fill`, a
 * value for each channel. What is shrunk is sampled as densely as the original, so that it does not alias. Whole pixels and right
 * angles are exact.
 */
export function transformed(values: Float32Array, shape: Shape, transformation: Transformation, fill: readonly number[]): Float32Array {
  const [height, width, channels] = shape;
  const { yy, yx, xy, xx, dy, dx } = inverseOf(transformation);
  const samples = transformation.name === 'scale' ? Math.max(1, Math.ceil(1 / transformation.amount)) : 1;
  const offsets = Array.from({ length: samples }, (_, i) => (i + 0.5) / samples - 0.5);
  const [centreY, centreX] = [(height - 1) / 2, (width - 1) / 2];
  const result = new Float32Array(values.length);
  const sums = new Float64Array(channels);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      sums.fill(0);
      for (const v of offsets)
        for (const u of offsets) {
          const [y, x] = [row + v - centreY, column + u - centreX];
          addSample(sums, values, shape, yy * y + yx * x + dy + centreY, xy * y + xx * x + dx + centreX, fill);
        }
      for (let c = 0; c < channels; c++) result[(row * width + column) * channels + c] = (sums[c] ?? 0) / samples ** 2;
    }
  return result;
}

/** Adds the bilinear interpolation at a place. */
function addSample(
  sums: Float64Array,
  values: Float32Array,
  [height, width, channels]: Shape,
  y: number,
  x: number,
  fill: readonly number[],
): void {
  const [top, left] = [Math.floor(y), Math.floor(x)];
  for (let row = top; row <= top + 1; row++)
    for (let column = left; column <= left + 1; column++) {
      const weight = (1 - Math.abs(y - row)) * (1 - Math.abs(x - column));
      if (weight === 0) continue;
      const isInside = row >= 0 && row < height && column >= 0 && column < width;
      const at = (row * width + column) * channels;
      for (let c = 0; c < channels; c++) sums[c] = (sums[c] ?? 0) + weight * ((isInside ? values[at + c] : fill[c]) ?? 0);
    }
}
