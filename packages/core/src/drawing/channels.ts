import type { Extent } from '../network/layer.js';
import type { Drawing } from './drawing.js';
import { type StrokeSplit, strokeParts } from './parts.js';
import { drawStroke, type Placement, placementIn } from './rasterise.js';

/** Parts `start` … `start + length − 1` together. */
export interface PartUnion {
  readonly start: number;
  readonly length: number;
}

/** All runs of neighbouring parts by length, then start: of three parts 1, 2, 3, 1+2, 2+3, 1+2+3. */
export const partUnions = (parts: number): readonly PartUnion[] =>
  Array.from({ length: parts }, (_, l) => Array.from({ length: parts - l }, (_, start): PartUnion => ({ start, length: l + 1 }))).flat();

/** Number of runs of neighbouring parts: k(k+1)/2. */
export const unionCount = (parts: number): number => (parts * (parts + 1)) / 2;

/** In words, counted from 1: `1+2`. */
export const unionName = ({ start, length }: PartUnion): string => Array.from({ length }, (_, i) => start + i + 1).join('+');

export interface StrokeChannelOptions {
  readonly size: Extent;
  /** In pixels. */
  readonly penWidth: number;
  readonly parts: number;
  /** Default: even. */
  readonly split?: StrokeSplit;
  /** Default: the whole canvas. */
  readonly placement?: Placement;
}

/**
 * The stroke-order channels of Sketch-a-Net (Yu et al., BMVC 2015): every run of neighbouring parts in the order of `partUnions`,
 * ink 1 on 0, [H, W, k(k+1)/2]. Every part keeps its place in the drawing; a pixel of a run has the most ink of its parts.
 */
export function strokeChannels(drawing: Drawing, options: StrokeChannelOptions): Float32Array {
  const planes = partPlanes(drawing, options);
  const { parts } = options;
  const channels = unionCount(parts);
  const values = new Float32Array(options.size[0] * options.size[1] * channels);
  const ink = new Float32Array(parts);
  for (let i = 0, at = 0; at < values.length; i++, at += channels) {
    let hasInk = false;
    for (let part = 0; part < parts; part++) {
      ink[part] = planes[part]?.[i] ?? 0;
      if (ink[part] !== 0) hasInk = true;
    }
    if (hasInk) writeUnions(values, at, ink);
  }
  return values;
}

/** Writes the most ink of every run of parts; turns `ink` into that of the longest runs on the way. */
function writeUnions(values: Float32Array, at: number, ink: Float32Array): void {
  let to = at;
  for (let length = 1; length <= ink.length; length++) {
    const runs = ink.length - length + 1;
    for (let start = 0; start < runs; start++) values[to++] = ink[start] ?? 0;
    for (let start = 0; start + 1 < runs; start++) ink[start] = Math.max(ink[start] ?? 0, values[to - runs + start + 1] ?? 0);
  }
}

/** The same as a picture [H, W] for each channel. */
export function strokePlanes(drawing: Drawing, options: StrokeChannelOptions): readonly Float32Array[] {
  const planes = partPlanes(drawing, options);
  return partUnions(options.parts).map(({ start, length }) => unionOf(planes.slice(start, start + length)));
}

function partPlanes(drawing: Drawing, options: StrokeChannelOptions): readonly Float32Array[] {
  const { size, penWidth, parts, split, placement = placementIn(drawing, size) } = options;
  const planes = Array.from({ length: parts }, () => new Float32Array(size[0] * size[1]));
  const part = strokeParts(drawing, parts, split);
  drawing.strokes.forEach((stroke, i) => {
    const plane = planes[part[i] ?? 0];
    if (plane) drawStroke(plane, size, stroke, placement, penWidth);
  });
  return planes;
}

/** Pictures of one size as one with channels last. */
export function interleaved(planes: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array()] = planes;
  const values = new Float32Array(first.length * planes.length);
  planes.forEach((plane, c) => {
    for (let i = 0; i < plane.length; i++) values[i * planes.length + c] = plane[i] ?? 0;
  });
  return values;
}

/** The most ink at each pixel. */
function unionOf([first = new Float32Array(), ...others]: readonly Float32Array[]): Float32Array {
  const union = first.slice();
  for (const other of others) for (let i = 0; i < union.length; i++) if ((other[i] ?? 0) > (union[i] ?? 0)) union[i] = other[i] ?? 0;
  return union;
}
