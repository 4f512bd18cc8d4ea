import * as tf from '@tensorflow/tfjs-core';
import { blank, type Canvas, PIECE, pieces, type Rows, readRows, writeRows } from './canvas.js';
import type { GradientField } from './gradient-field.js';
import { perChannel } from './per-channel.js';
import type { StepRule } from './step-rules.js';

/** What a step rule remembers of a canvas. The moments are changed in place. */
export interface Memory {
  readonly moments: readonly Canvas[];
  readonly count: number;
}

export const noMemory: Memory = { moments: [], count: 0 };

/** How far to go. */
export interface Stride {
  readonly rule: StepRule;
  /** Step size per channel, in input units. */
  readonly step: readonly number[];
  /** Values that are changed at a time. */
  readonly limit?: number;
}

/** x ← x + η · direction(∂J/∂x), η per channel. The result is written to `into`, which may be the canvas itself. */
export async function advance(canvas: Canvas, into: Canvas, field: GradientField, stride: Stride, memory: Memory): Promise<Memory> {
  const { rule, step, limit = PIECE } = stride;
  const { shape } = canvas;
  const count = memory.count + 1;
  const moments = Array.from({ length: rule.moments }, (_, i) => memory.moments[i] ?? blank(shape));
  const mean = field.meanMagnitude();
  try {
    for (const rows of pieces(shape, limit)) {
      const results = tf.tidy(() => {
        const before = moments.map((moment) => readRows(moment, rows));
        const { direction, moments: after } = rule.direction({ gradient: field.rows(rows), mean, moments: before, count });
        return [tf.add(readRows(canvas, rows), perChannel(tf.mul, direction, step)), ...after];
      });
      await store([into, ...moments], rows, results);
    }
  } finally {
    mean.dispose();
  }
  return { moments, count };
}

/** Writes tensors of rows to their canvases and disposes them. */
async function store(canvases: readonly Canvas[], rows: Rows, tensors: readonly tf.Tensor[]): Promise<void> {
  try {
    for (const [i, canvas] of canvases.entries()) writeRows(canvas, rows, (await tensors[i]?.data()) as Float32Array);
  } finally {
    tf.dispose([...tensors]);
  }
}
