import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { sharpCodec } from '@featurescope/node';

export interface Drawing {
  readonly word: string;
  /** Strokes as [x…] and [y…], 0 … 255. */
  readonly drawing: readonly (readonly [readonly number[], readonly number[]])[];
}

/** The first drawing of each category in a gzipped tar of `data/<category>.ndjson`. */
export const firstDrawings = (path: string): readonly Drawing[] => {
  const tar = gunzipSync(readFileSync(path));
  const drawings: Drawing[] = [];
  for (let at = 0; at + 512 <= tar.length; ) {
    const name = tar.toString('latin1', at, at + 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 136), 8) || 0;
    if (name.endsWith('.ndjson')) drawings.push(JSON.parse(tar.toString('utf8', at + 512, at + 512 + size).split('\n')[0] ?? '{}'));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return drawings;
};

/** White strokes on black, 28 × 28, 0 … 1: the longer side 255 of a frame of 288 units, lines 16 units wide, 8 × 8 samples a pixel. */
export const rasterise = async ({ drawing }: Drawing): Promise<Float32Array> => {
  const xs = drawing.flatMap(([x]) => x);
  const ys = drawing.flatMap(([, y]) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const factor = 255 / Math.max(right - left, bottom - top, 1);
  const x = (value: number) => 144 + (value - (left + right) / 2) * factor;
  const y = (value: number) => 144 + (value - (top + bottom) / 2) * factor;
  const lines = drawing.map(([px, py]) => `<polyline points="${px.map((value, i) => `${x(value)},${y(py[i] ?? 0)}`).join(' ')}"/>`);
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="224" height="224" viewBox="0 0 288 288"><rect width="288" height="288"/>' +
    `<g fill="none" stroke="white" stroke-width="16" stroke-linecap="round" stroke-linejoin="round">${lines.join('')}</g></svg>`;
  const image = await sharpCodec.decode(new TextEncoder().encode(svg), 'drawing');
  const pixels = new Float32Array(28 * 28);
  for (let row = 0; row < 224; row++)
    for (let column = 0; column < 224; column++) {
      const to = Math.floor(row / 8) * 28 + Math.floor(column / 8);
      pixels[to] = (pixels[to] ?? 0) + (image.data[(row * 224 + column) * image.channels] ?? 0) / (255 * 64);
    }
  return pixels;
};
