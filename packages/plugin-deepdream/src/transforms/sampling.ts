import type { Tensor, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** New pixels as weighted sums of old ones: a sparse matrix [rows, columns] with the same number of entries (taps) in each row. */
export interface Sampling {
  readonly rows: number;
  readonly columns: number;
  readonly taps: number;
  /** [rows · taps], the column of each entry. */
  readonly index: Int32Array;
  /** [rows · taps]; rows with fewer entries have some of weight 0. */
  readonly weight: Float32Array;
}

/** The transposed matrix; its taps are as many as the fullest column has entries. */
export function transposed({ rows, columns, taps, index, weight }: Sampling): Sampling {
  const filled = new Int32Array(columns);
  for (let i = 0; i < index.length; i++) if (weight[i] !== 0) filled[index[i] as number] = (filled[index[i] as number] as number) + 1;
  const most = filled.reduce((max, n) => Math.max(max, n), 1);
  const result = { index: new Int32Array(columns * most), weight: new Float32Array(columns * most) };
  filled.fill(0);
  for (let i = 0; i < index.length; i++) {
    if (weight[i] === 0) continue;
    const column = index[i] as number;
    const place = column * most + (filled[column] as number);
    filled[column] = (filled[column] as number) + 1;
    result.index[place] = Math.floor(i / taps);
    result.weight[place] = weight[i] as number;
  }
  return { rows: columns, columns: rows, taps: most, ...result };
}

/** Backends whose tensors lie in memory that a loop reaches; there it is several times faster than tensor operations. */
const HOST_BACKENDS: readonly string[] = ['cpu', 'wasm'];

/** The sampling of every picture [N, H, W, C], as [N, height, width, C] of `size`; differentiable, the gradient being the exact adjoint. */
export function sample(picture: Tensor4D, sampling: Sampling, [height, width]: readonly [number, number]): Tensor4D {
  const onHost = HOST_BACKENDS.includes(tf.getBackend());
  const apply = tf.customGrad((pixels) => ({
    value: onHost ? gatherOnHost(pixels as Tensor3D, sampling) : gatherOnDevice(pixels as Tensor3D, sampling),
    gradFunc: (signal: Tensor) =>
      onHost ? scatterOnHost(signal as Tensor3D, sampling) : gatherOnDevice(signal as Tensor3D, transposed(sampling)),
  }));
  return tf.tidy(() => {
    const [n, , , channels] = picture.shape;
    return tf.reshape(apply(tf.reshape(picture, [n, sampling.columns, channels])), [n, height, width, channels]);
  });
}

/** [N, columns, C] → [N, rows, C] by tensor operations. */
export function gatherOnDevice(pixels: Tensor3D, { rows, taps, index, weight }: Sampling): Tensor3D {
  return tf.tidy(() => {
    let sum: Tensor3D | undefined;
    for (let k = 0; k < taps; k++) {
      const from = Int32Array.from({ length: rows }, (_, row) => index[row * taps + k] ?? 0);
      const share = Float32Array.from({ length: rows }, (_, row) => weight[row * taps + k] ?? 0);
      const part = tf.mul(tf.gather(pixels, tf.tensor1d(from, 'int32'), 1), tf.tensor3d(share, [1, rows, 1])) as Tensor3D;
      sum = sum ? tf.add(sum, part) : part;
    }
    return sum ?? tf.zeros([pixels.shape[0], rows, pixels.shape[2]]);
  });
}

/** [N, columns, C] → [N, rows, C] in a loop. */
export function gatherOnHost(pixels: Tensor3D, { rows, columns, taps, index, weight }: Sampling): Tensor3D {
  const [n, , channels] = pixels.shape;
  const given = pixels.dataSync();
  const result = new Float32Array(n * rows * channels);
  for (let picture = 0, to = 0; picture < n; picture++)
    for (let row = 0; row < rows; row++)
      for (let c = 0; c < channels; c++, to++) {
        const start = picture * columns * channels + c;
        let sum = 0;
        for (let entry = row * taps; entry < (row + 1) * taps; entry++)
          sum += (weight[entry] as number) * (given[start + (index[entry] as number) * channels] as number);
        result[to] = sum;
      }
  return tf.tensor3d(result, [n, rows, channels]);
}

/** The adjoint, [N, rows, C] → [N, columns, C], in a loop. */
export function scatterOnHost(signal: Tensor3D, { rows, columns, taps, index, weight }: Sampling): Tensor3D {
  const [n, , channels] = signal.shape;
  const given = signal.dataSync();
  const result = new Float32Array(n * columns * channels);
  for (let picture = 0, from = 0; picture < n; picture++)
    for (let row = 0; row < rows; row++, from += channels)
      for (let entry = row * taps; entry < (row + 1) * taps; entry++) {
        const share = weight[entry] as number;
        const to = (picture * columns + (index[entry] as number)) * channels;
        for (let c = 0; c < channels; c++) result[to + c] = (result[to + c] as number) + share * (given[from + c] as number);
      }
  return tf.tensor3d(result, [n, columns, channels]);
}
