import { blank, type Canvas, valuesOf } from './canvas.js';
import type { Direction, StepRule } from './step-rules.js';

/** What a step rule remembers of a canvas. The moments are changed in place. */
export interface Memory {
  readonly moments: readonly Canvas[];
  readonly count: number;
}

export const noMemory: Memory = { moments: [], count: 0 };

/** How far to go. */
export interface Stride {
  readonly rule: StepRule;
  /** Step size per channel, in input units; channels beyond it, as parameters have, take the first. */
  readonly step: readonly number[];
}

/**
 * x ← x + η · direction(∂J/∂x), η per channel, for each picture of a batch by itself. The result is written to `into`, which may be the canvas
 * itself. A plain loop takes less than getting the values in and out of tensors.
 */
export function advance(canvas: Canvas, into: Canvas, gradient: Canvas, { rule, step }: Stride, memory: Memory): Memory {
  const { shape } = canvas;
  const channels = shape[3];
  const sizes = Array.from({ length: channels }, (_, c) => step[c] ?? step[0] ?? 0);
  const size = valuesOf(shape) / shape[0];
  const count = memory.count + 1;
  const moments = Array.from({ length: rule.moments }, (_, i) => memory.moments[i] ?? blank(shape));
  for (let n = 0; n < shape[0]; n++) {
    const part = ({ data }: Canvas): Float32Array => data.subarray(n * size, (n + 1) * size);
    const [from, to] = [part(canvas), part(into)];
    const scratch = () => (canvas === into ? new Float32Array(size) : to);
    const direction = rule.direction({ gradient: part(gradient), moments: moments.map(part), count }, scratch);
    add(from, to, direction, sizes);
  }
  return { moments, count };
}

/** Pixels of which all channels are done while the processor's cache has them. */
const BLOCK = 1024;

/** to ← from + size · direction, channel by channel. */
function add(from: Float32Array, to: Float32Array, { values, scale }: Direction, sizes: readonly number[]): void {
  const channels = sizes.length;
  for (let start = 0; start < to.length; start += BLOCK * channels) {
    const end = Math.min(start + BLOCK * channels, to.length);
    for (const [c, size] of sizes.entries()) {
      const factor = size * scale;
      for (let i = start + c; i < end; i += channels) to[i] = (from[i] ?? 0) + factor * (values[i] ?? 0);
    }
  }
}
