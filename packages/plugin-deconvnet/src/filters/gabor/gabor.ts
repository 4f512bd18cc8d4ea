import type { Extent } from '@featurescope/core';

/**
 * A Gabor function A · exp(−½ (x'² / σx² + y'² / σy²)) · cos(2π f x' + φ) + offset, where x' = (x − x0) cos θ + (y − y0) sin θ and
 * y' = −(x − x0) sin θ + (y − y0) cos θ (Jones & Palmer 1987, an elliptic envelope along the wave). Lengths in pixels; x to the right, y down.
 */
export interface Gabor {
  /** θ: direction of the wave vector, from +x towards +y, in [0, π). */
  readonly orientation: number;
  /** f, in cycles per pixel. */
  readonly frequency: number;
  /** φ at the centre, in (−π, π]. */
  readonly phase: number;
  /** Along the wave vector. */
  readonly sigmaX: number;
  /** Across the wave vector. */
  readonly sigmaY: number;
  /** Not negative. */
  readonly amplitude: number;
  /** x0 and y0, counted from the middle of the first column and row. */
  readonly centre: readonly [x: number, y: number];
  readonly offset: number;
}

/** The Gabor at one place of a kernel. */
export function gaborAt({ orientation, frequency, phase, sigmaX, sigmaY, amplitude, centre, offset }: Gabor, x: number, y: number): number {
  const [dx, dy] = [x - centre[0], y - centre[1]];
  const along = dx * Math.cos(orientation) + dy * Math.sin(orientation);
  const across = dy * Math.cos(orientation) - dx * Math.sin(orientation);
  const envelope = Math.exp(-0.5 * ((along / sigmaX) ** 2 + (across / sigmaY) ** 2));
  return amplitude * envelope * Math.cos(2 * Math.PI * frequency * along + phase) + offset;
}

/** The Gabor at all places of a kernel, [height, width]. */
export const gaborPlane = (gabor: Gabor, [height, width]: Extent): Float64Array =>
  Float64Array.from({ length: height * width }, (_, i) => gaborAt(gabor, i % width, Math.floor(i / width)));

/**
 * Width in octaves of the band in which the Gabor answers at least half as strongly as at its frequency; undefined for one that
 * reaches down to frequency 0. log2((π f σx + h) / (π f σx − h)) with h = √(ln 2 / 2), from its Fourier transform.
 */
export function bandwidth({ frequency, sigmaX }: Pick<Gabor, 'frequency' | 'sigmaX'>): number | undefined {
  const centre = Math.PI * frequency * sigmaX;
  const half = Math.sqrt(Math.LN2 / 2);
  return centre > half ? Math.log2((centre + half) / (centre - half)) : undefined;
}

const TURN = 2 * Math.PI;

/** The same function with orientation, phase and amplitude in the ranges that `Gabor` promises; the frequency must not be negative. */
export function canonical(gabor: Gabor): Gabor {
  const half = Math.floor(gabor.orientation / Math.PI);
  const orientation = gabor.orientation - half * Math.PI;
  // Rounding may reach π, which is 0 turned by half.
  const reached = orientation >= Math.PI;
  // Turned by π, x' becomes −x', and cos(−a + φ) = cos(a − φ).
  const mirrored = Math.abs(half + (reached ? 1 : 0)) % 2 === 1;
  const positive = gabor.amplitude < 0 ? gabor.phase + Math.PI : gabor.phase;
  return {
    ...gabor,
    orientation: reached ? 0 : Math.max(orientation, 0),
    amplitude: Math.abs(gabor.amplitude),
    phase: wrapped(mirrored ? -positive : positive),
  };
}

/** An angle in (−π, π]. */
function wrapped(angle: number): number {
  const rest = angle - TURN * Math.round(angle / TURN);
  return rest <= -Math.PI ? Math.PI : rest;
}
