/** One plane that stands for all channels of a filter. */
export interface Plane {
  /** [height, width] */
  readonly values: Float64Array;
  /** Share of the filter's variance over space, summed over channels, that lies in this plane; 0 for a filter without any. */
  readonly share: number;
}

/** Weights of red, green and blue in the luminance (ITU-R BT.601). */
const LUMINANCE = [0.299, 0.587, 0.114] as const;

/** Σ_c d_c w_c for a direction of unit length among the channels of a filter [places, channels]. */
function along(values: ArrayLike<number>, direction: ArrayLike<number>): Plane {
  const channels = direction.length;
  const length = Math.hypot(...Array.from(direction));
  const plane = new Float64Array(values.length / channels);
  for (let i = 0; i < values.length; i++)
    plane[Math.floor(i / channels)] = (plane[Math.floor(i / channels)] ?? 0) + ((values[i] ?? 0) * (direction[i % channels] ?? 0)) / length;
  const whole = squares(centred(values, channels));
  return { values: plane, share: whole > 0 ? Math.min(squares(centred(plane, 1)) / whole, 1) : 0 };
}

/** A filter's luminance, with its channels in the order red, green, blue or the reverse. */
export const luminancePlane = (values: ArrayLike<number>, order: 'rgb' | 'bgr'): Plane =>
  along(values, order === 'bgr' ? LUMINANCE.toReversed() : LUMINANCE);

/**
 * The plane along the first principal component of a filter's places [places, channels], each channel without its mean: the best one
 * where all channels share one shape, w_c(x, y) = d_c g(x, y) + const_c. Its sign makes the channels' weights add up to more than 0.
 */
export function principalPlane(values: ArrayLike<number>, channels: number): Plane {
  if (channels === 1) return along(values, [1]);
  const varying = centred(values, channels);
  let direction = strongestRow(varying, channels);
  for (let i = 0; i < ITERATIONS; i++) {
    const next = turned(varying, direction);
    const change = next.reduce((most, value, c) => Math.max(most, Math.abs(value - (direction[c] ?? 0))), 0);
    direction = next;
    if (change < 1e-12) break;
  }
  const sum = direction.reduce((total, value) => total + value, 0);
  return along(values, sum < 0 ? direction.map((value) => -value) : direction);
}

const ITERATIONS = 500;

/** The direction among channels at the place where the filter differs most from its mean. */
function strongestRow(varying: Float64Array, channels: number): Float64Array {
  const rows = Array.from({ length: varying.length / channels }, (_, i) => varying.subarray(i * channels, (i + 1) * channels));
  const strongest = rows.reduce((best, row) => (squares(row) > squares(best) ? row : best));
  return squares(strongest) > 0 ? normalised(strongest) : new Float64Array(channels).fill(1 / Math.sqrt(channels));
}

/** One step of the power iteration: VᵀV d, of unit length. */
function turned(varying: Float64Array, direction: Float64Array): Float64Array {
  const channels = direction.length;
  const next = new Float64Array(channels);
  for (let at = 0; at < varying.length; at += channels) {
    let onto = 0;
    for (let c = 0; c < channels; c++) onto += (varying[at + c] ?? 0) * (direction[c] ?? 0);
    for (let c = 0; c < channels; c++) next[c] = (next[c] ?? 0) + (varying[at + c] ?? 0) * onto;
  }
  return squares(next) > 0 ? normalised(next) : direction;
}

const squares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);

function normalised(values: Float64Array): Float64Array {
  const length = Math.sqrt(squares(values));
  return values.map((value) => value / length);
}

/** The values [places, channels] without the mean of each channel. */
function centred(values: ArrayLike<number>, channels: number): Float64Array {
  const means = new Float64Array(channels);
  for (let i = 0; i < values.length; i++) means[i % channels] = (means[i % channels] ?? 0) + ((values[i] ?? 0) * channels) / values.length;
  return Float64Array.from({ length: values.length }, (_, i) => (values[i] ?? 0) - (means[i % channels] ?? 0));
}
