import { inputRange } from '@featurescope/core';
import type { FourierOptions } from '../../src/parameterisation/fourier.js';

/** lucid's `color_correlation_svd_sqrt`, rows red, green, blue. */
const ROOT = [
  [0.26, 0.09, 0.02],
  [0.27, 0.0, -0.05],
  [0.27, -0.09, 0.03],
] as const;
/** Length of its first column. */
const NORM = Math.sqrt(0.26 ** 2 + 0.27 ** 2 + 0.27 ** 2);

type Complex = readonly [re: number, im: number];

/** The whole spectrum of a real picture from its half: X[−u, −v] is the conjugate of X[u, v]; what cannot be part of one is left out. */
function wholeSpectrum(coefficient: (u: number, v: number) => Complex, height: number, width: number): Complex[][] {
  const modulo = (n: number, size: number): number => ((n % size) + size) % size;
  return Array.from({ length: height }, (_, u) =>
    Array.from({ length: width }, (_, v): Complex => {
      const conjugate = ([re, im]: Complex): Complex => [re, -im];
      if (v === modulo(-v, width)) {
        const [here, there] = [coefficient(u, v), conjugate(coefficient(modulo(-u, height), v))];
        return [(here[0] + there[0]) / 2, (here[1] + there[1]) / 2];
      }
      return 2 * v < width ? coefficient(u, v) : conjugate(coefficient(modulo(-u, height), width - v));
    }),
  );
}

/** One plane of lucid's `fft_image`, by the definition of the inverse transform. */
function plane(coefficient: (u: number, v: number) => Complex, height: number, width: number, decay: number): number[] {
  const frequency = (k: number, n: number): number => (2 * k <= n ? k : k - n) / n;
  const scaled = (u: number, v: number): Complex => {
    const f = Math.sqrt(frequency(u, height) ** 2 + frequency(v, width) ** 2);
    const gain = Math.sqrt(width * height) / Math.max(f, 1 / Math.max(width, height)) ** decay;
    const [re, im] = coefficient(u, v);
    return [gain * re, gain * im];
  };
  const spectrum = wholeSpectrum(scaled, height, width);
  return Array.from({ length: height * width }, (_, i) => {
    let sum = 0;
    for (const [u, row] of spectrum.entries())
      for (const [v, [re, im]] of row.entries()) {
        const angle = 2 * Math.PI * ((u * Math.floor(i / width)) / height + (v * (i % width)) / width);
        sum += re * Math.cos(angle) - im * Math.sin(angle);
      }
    return sum / (height * width) / 4;
  });
}

/** Picture of parameters [N, C, ⌊W/2⌋ + 1, 2H] in double precision, value by value. */
export function naivePicture(
  parameters: Float32Array,
  { shape, spec, colour, decay = 1 }: Omit<FourierOptions, 'deviation'>,
): Float64Array {
  const [pictures, height, width, channels] = shape;
  const half = Math.floor(width / 2) + 1;
  const result = new Float64Array(pictures * height * width * channels);
  const order = spec.preprocessing?.channelOrder ?? 'rgb';
  const range = inputRange(spec);
  for (let n = 0; n < pictures; n++) {
    const planes = Array.from({ length: channels }, (_, c) => {
      const at = (u: number, v: number, part: number): number =>
        parameters[((n * channels + c) * half + v) * 2 * height + part * height + u] ?? Number.NaN;
      return plane((u, v) => [at(u, v, 0), at(u, v, 1)], height, width, decay);
    });
    for (let i = 0; i < height * width; i++) {
      const latent = planes.map((values) => values[i] ?? Number.NaN);
      const mixed = colour === 'decorrelated' && channels === 3 && order !== 'grey';
      const rgb = mixed ? ROOT.map((row) => row.reduce<number>((sum, weight, j) => sum + (weight / NORM) * (latent[j] ?? 0), 0)) : latent;
      const ordered = mixed && order === 'bgr' ? [...rgb].reverse() : rgb;
      for (const [c, value] of ordered.entries()) {
        const [low, high] = [range?.min[c] ?? 0, range?.max[c] ?? 255];
        result[(n * height * width + i) * channels + c] = range ? low + (high - low) / (1 + Math.exp(-value)) : 127.5 + (255 * value) / 4;
      }
    }
  }
  return result;
}

/** Slope of log |amplitude| over log frequency, by least squares over all frequencies of pictures of one channel; the transform is by its definition. */
export function spectralSlope(data: Float32Array, [pictures, height, width]: readonly [number, number, number]): number {
  const points: (readonly [f: number, amplitude: number])[] = [];
  for (let n = 0; n < pictures; n++)
    for (let u = 0; u < height; u++)
      for (let v = 1; v < width / 2; v++) {
        let [re, im] = [0, 0];
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++) {
            const angle = -2 * Math.PI * ((u * y) / height + (v * x) / width);
            const value = data[(n * height + y) * width + x] ?? Number.NaN;
            re += value * Math.cos(angle);
            im += value * Math.sin(angle);
          }
        points.push([Math.log(Math.hypot(Math.min(u, height - u) / height, v / width)), Math.log(Math.hypot(re, im))]);
      }
  const mean = (at: 0 | 1): number => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [f, a] = [mean(0), mean(1)];
  return points.reduce((sum, p) => sum + (p[0] - f) * (p[1] - a), 0) / points.reduce((sum, p) => sum + (p[0] - f) ** 2, 0);
}
