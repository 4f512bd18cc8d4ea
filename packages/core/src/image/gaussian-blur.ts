import type { Shape } from '../network/layer.js';

/**
 * Values [H, W, C] under a Gaussian of a deviation in pixels, cut off at `radius`; at the border the weights that lie inside count for
 * all, so that a constant stays what it is.
 */
export function gaussianBlur(
  values: ArrayLike<number>,
  [height, width, channels]: Shape,
  deviation: number,
  radius = Math.ceil(3 * deviation),
): Float32Array {
  const weights = Float64Array.from({ length: radius + 1 }, (_, d) => Math.exp(-(d * d) / (2 * deviation * deviation)));
  const across = blurAxis(values, weights, { lines: height, length: width, inner: channels });
  return blurAxis(across, weights, { lines: 1, length: height, inner: width * channels });
}

/** How values lie around one axis: `lines` outside of it, `inner` inside. */
interface Axis {
  readonly lines: number;
  readonly length: number;
  readonly inner: number;
}

function blurAxis(values: ArrayLike<number>, weights: Float64Array, { lines, length, inner }: Axis): Float32Array {
  const result = new Float32Array(lines * length * inner);
  const radius = weights.length - 1;
  for (let line = 0; line < lines; line++)
    for (let i = 0; i < length; i++) {
      const [from, to] = [Math.max(0, i - radius), Math.min(length - 1, i + radius)];
      let total = 0;
      for (let j = from; j <= to; j++) total += weights[Math.abs(j - i)] ?? 0;
      for (let k = 0; k < inner; k++) {
        let sum = 0;
        for (let j = from; j <= to; j++) sum += (weights[Math.abs(j - i)] ?? 0) * (values[(line * length + j) * inner + k] ?? 0);
        result[(line * length + i) * inner + k] = sum / total;
      }
    }
  return result;
}
