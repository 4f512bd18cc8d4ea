import * as tf from '@tensorflow/tfjs-core';
import { percentile } from '../regularisers/percentile.js';
import {
  isPointwise,
  type PointwiseRegulariser,
  type Regulariser,
  type RegulariserInput,
  type TensorRegulariser,
} from '../regularisers/regulariser.js';
import { type Canvas, PIECE, pieces, type Rows, readRows, writeRows } from './canvas.js';

/** Applies regularisers one after the other, in place. `limit`: values that are changed at a time. */
export async function regularise(
  canvas: Canvas,
  gradient: Canvas,
  regularisers: readonly Regulariser[],
  step: readonly number[],
  limit = PIECE,
): Promise<void> {
  const strips = pieces(canvas.shape, limit);
  for (const group of grouped(regularisers)) {
    if (!Array.isArray(group)) {
      group.change(canvas.data, canvas.shape[3], step);
      continue;
    }
    const threshold = await thresholdsOf(canvas, gradient, group[0], strips);
    try {
      await applyInStrips(canvas, gradient, { group, step, threshold }, strips);
    } finally {
      threshold.dispose();
    }
  }
}

type Group = PointwiseRegulariser | TensorRegulariser[];

/** Each pointwise one by itself, the others in runs of which only the first may need a threshold. */
function grouped(regularisers: readonly Regulariser[]): Group[] {
  const groups: Group[] = [];
  for (const one of regularisers) {
    const last = groups.at(-1);
    if (isPointwise(one)) groups.push(one);
    else if (Array.isArray(last) && !one.threshold) last.push(one);
    else groups.push([one]);
  }
  return groups;
}

interface Change {
  readonly group: readonly TensorRegulariser[];
  readonly step: readonly number[];
  readonly threshold: tf.Tensor4D;
}

/** Rows above a strip are kept as they were: when it is read, they have been changed already. */
async function applyInStrips(canvas: Canvas, gradient: Canvas, change: Change, strips: readonly Rows[]): Promise<void> {
  const [pictures, height, width, channels] = canvas.shape;
  const row = width * channels;
  // What one leaves wrong at the border of a strip, the next one carries on.
  const halo = change.group.reduce((sum, one) => sum + one.halo, 0);
  let above = new Float32Array(0);
  for (const rows of strips) {
    const around = { top: rows.top - above.length / row, bottom: Math.min(height, rows.bottom + halo) };
    const whole = strips.length === 1;
    const data = whole ? canvas.data : joined(above, canvas.data.subarray(rows.top * row, around.bottom * row));
    const keptFrom = Math.max(around.top, rows.bottom - halo);
    if (!whole) above = data.slice((keptFrom - around.top) * row, (rows.bottom - around.top) * row);
    const changed = tf.tidy(() => {
      const before = tf.tensor4d(data, [pictures, around.bottom - around.top, width, channels]);
      const input = inputOf(gradient, around, change);
      const after = change.group.reduce((picture, one) => one.apply(picture, input), before);
      return tf.slice(after, [0, rows.top - around.top, 0, 0], [-1, rows.bottom - rows.top, -1, -1]);
    });
    try {
      writeRows(canvas, rows, (await changed.data()) as Float32Array);
    } finally {
      changed.dispose();
    }
  }
}

/** The gradient is read only when it is asked for: most regularisers do not. */
function inputOf(gradient: Canvas, rows: Rows, { step, threshold }: Change): RegulariserInput {
  return {
    get gradient() {
      return readRows(gradient, rows);
    },
    step,
    threshold,
  };
}

function joined(above: Float32Array, below: Float32Array): Float32Array {
  const all = new Float32Array(above.length + below.length);
  all.set(above);
  all.set(below, above.length);
  return all;
}

/** The percentile a regulariser asks for, of each picture, [N, 1, 1, 1]. */
async function thresholdsOf(
  canvas: Canvas,
  gradient: Canvas,
  regulariser: TensorRegulariser | undefined,
  strips: readonly Rows[],
): Promise<tf.Tensor4D> {
  const [pictures, height, width] = canvas.shape;
  const wanted = regulariser?.threshold;
  if (!wanted) return tf.zeros([pictures, 1, 1, 1]);
  const values = new Float32Array(pictures * height * width);
  for (const rows of strips) {
    const tensor = tf.tidy(() => wanted.statistic(readRows(canvas, rows), readRows(gradient, rows)));
    try {
      values.set((await tensor.data()) as Float32Array, rows.top * width);
    } finally {
      tensor.dispose();
    }
  }
  const size = height * width;
  const found = Array.from({ length: pictures }, (_, n) => percentile(values.subarray(n * size, (n + 1) * size), wanted.percentile));
  return tf.tensor4d(found, [pictures, 1, 1, 1]);
}
