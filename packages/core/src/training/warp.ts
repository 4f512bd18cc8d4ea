import type { Random } from '../random.js';
import type { Augmentation, Distortion } from './augment.js';
import type { PixelTable } from './preprocess.js';

/** A picture among others: 8-bit samples [H, W, C] from `offset` on. */
export interface PictureAt {
  readonly images: Uint8Array;
  readonly offset: number;
  readonly height: number;
  readonly width: number;
}

/** Writes a picture as network input [H, W, C] into `target` from `at` on. */
export function writePicture(picture: PictureAt, table: PixelTable, target: Float32Array, at: number): void {
  const { images, offset, height, width } = picture;
  const { channels, values, sources } = table;
  for (let p = 0; p < height * width; p++)
    for (let c = 0; c < channels; c++)
      target[at + p * channels + c] = values[c * 256 + (images[offset + p * channels + (sources[c] ?? 0)] ?? 0)] ?? 0;
}

/** The same with a distortion: position (y, x) shows the picture at its shifted, mirrored and scaled place, or 0 outside of it. */
export function writeDistorted(picture: PictureAt, table: PixelTable, distortion: Distortion, target: Float32Array, at: number): void {
  const { images, offset, height, width } = picture;
  const { channels, values, sources } = table;
  const { flip, dy, dx, scale, gain, shifts } = distortion;
  const [centreY, centreX] = [(height - 1) / 2, (width - 1) / 2];
  for (let y = 0; y < height; y++) {
    const sy = Math.round((y - dy - centreY) * scale + centreY);
    for (let x = 0; x < width; x++) {
      const right = Math.round((x - dx - centreX) * scale + centreX);
      const sx = flip ? width - 1 - right : right;
      const to = at + (y * width + x) * channels;
      const inside = sy >= 0 && sy < height && sx >= 0 && sx < width;
      const from = offset + (sy * width + sx) * channels;
      for (let c = 0; c < channels; c++)
        target[to + c] = inside ? gain * (values[c * 256 + (images[from + (sources[c] ?? 0)] ?? 0)] ?? 0) + (shifts[c] ?? 0) : 0;
    }
  }
}

/** Puts zeros into the square of a distortion, in place. */
export function cutOut(
  target: Float32Array,
  at: number,
  [height, width, channels]: readonly [number, number, number],
  [top, left]: readonly [number, number],
  side: number,
): void {
  for (let y = Math.max(0, top); y < Math.min(height, top + side); y++) {
    const [from, to] = [Math.max(0, left), Math.min(width, left + side)];
    if (from < to) target.fill(0, at + (y * width + from) * channels, at + (y * width + to) * channels);
  }
}

/** Adds normal noise to `length` values, in place. */
export function addNoise(target: Float32Array, at: number, length: number, { noise }: Pick<Augmentation, 'noise'>, random: Random): void {
  if (noise === 0) return;
  for (let i = at; i < at + length; i++) target[i] = (target[i] ?? 0) + noise * random.normal();
}
