import type { Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/**
 * For each position p of a [N, H, W, C] the column of the guide [1 or N, H', W', C] with the largest dot product ⟨a_p, guide_q⟩,
 * the first of equals (google/deepdream, 2015). Shape of a. Call in a `tidy`.
 */
export function bestMatches(a: Tensor4D, guide: Tensor4D): Tensor4D {
  const [pictures, height, width, channels] = a.shape;
  const [guides, guideHeight, guideWidth] = guide.shape;
  const columns = guideHeight * guideWidth;
  const positions = (pictures / guides) * height * width;
  // Transposed by itself, since the wasm backend multiplies matrices fast only as they are.
  const across = tf.transpose(tf.reshape(guide, [guides, columns, channels]), [0, 2, 1]) as Tensor3D;
  const products: Tensor3D = tf.matMul(tf.reshape(a, [guides, positions, channels]) as Tensor3D, across);
  const best: Tensor2D = tf.argMax(products, 2);
  const first = tf.tensor2d(
    Array.from({ length: guides }, (_, n) => n * columns),
    [guides, 1],
    'int32',
  );
  const rows = tf.reshape(tf.add(best, first), [guides * positions]) as Tensor1D;
  return tf.reshape(tf.gather(tf.reshape(guide, [guides * columns, channels]), rows), a.shape);
}
