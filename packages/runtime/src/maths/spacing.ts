import type { ExplicitPadding, Extent } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** Pads height and width with a constant; negative amounts crop. */
export function padOrCrop(x: Tensor4D, { top, left, bottom, right }: ExplicitPadding, value = 0): Tensor4D {
  return tf.tidy(() => {
    const [n, h, w, c] = x.shape;
    const cropTop = Math.max(-top, 0);
    const cropLeft = Math.max(-left, 0);
    const rows = h - cropTop - Math.max(-bottom, 0);
    const columns = w - cropLeft - Math.max(-right, 0);
    const cropped = rows === h && columns === w ? x : tf.slice4d(x, [0, cropTop, cropLeft, 0], [n, rows, columns, c]);
    const [t, l, b, r] = [top, left, bottom, right].map((amount) => Math.max(amount, 0)) as [number, number, number, number];
    if (t + l + b + r === 0) return cropped.clone();
    return tf.pad4d(
      cropped,
      [
        [0, 0],
        [t, b],
        [l, r],
        [0, 0],
      ],
      value,
    );
  });
}

/** Puts `stride − 1` zeros between neighbouring rows and columns: [N, H, W, C] → [N, (H − 1)·sy + 1, (W − 1)·sx + 1, C]. */
export function insertZeros(x: Tensor4D, [sy, sx]: Extent): Tensor4D {
  return tf.tidy(() => {
    if (sy === 1 && sx === 1) return x.clone();
    const [n, h, w, c] = x.shape;
    const columns: Tensor4D = tf.pad4d(tf.reshape(x, [n * h, w, 1, c]), [
      [0, 0],
      [0, 0],
      [0, sx - 1],
      [0, 0],
    ]);
    const rows: Tensor4D = tf.pad4d(tf.reshape(columns, [n, h, 1, w * sx * c]), [
      [0, 0],
      [0, 0],
      [0, sy - 1],
      [0, 0],
    ]);
    return tf.slice4d(tf.reshape(rows, [n, h * sy, w * sx, c]), [0, 0, 0, 0], [n, (h - 1) * sy + 1, (w - 1) * sx + 1, c]);
  });
}

/** Every `stride`-th row and column of a region of `rows` × `columns` results that begins at `start`. */
export function everyNth(x: Tensor4D, start: Extent, [rows, columns]: Extent, [sy, sx]: Extent): Tensor4D {
  const [n, , , c] = x.shape;
  const end = [n, start[0] + (rows - 1) * sy + 1, start[1] + (columns - 1) * sx + 1, c];
  if (sy === 1 && sx === 1) return tf.slice4d(x, [0, start[0], start[1], 0], [n, rows, columns, c]);
  return tf.stridedSlice(x, [0, start[0], start[1], 0], end, [1, sy, sx, 1]) as Tensor4D;
}
