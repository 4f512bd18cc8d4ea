import type { Random } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import { isSimilarity, resampled, type Similarity } from './similarity.js';
import type { Transform } from './transform.js';

type Drawn = ReturnType<Transform['draw']>;

/**
 * One after the other, first to last, each with its own draw; the identity for an empty list. Turns and changes of scale that follow
 * each other become one resampling, which blurs once instead of each time.
 */
export const composeTransforms = (list: readonly Transform[]): Transform => ({
  name: list.length === 0 ? 'none' : list.map(({ name }) => name).join(','),
  draw(random) {
    const drawn = drawAll(list, random);
    return (picture) => tf.tidy(() => drawn.reduce((changed, apply) => apply(changed), tf.clone(picture)));
  },
});

function drawAll(list: readonly Transform[], random: Random): Drawn[] {
  const drawn: Drawn[] = [];
  let open: Similarity | undefined;
  const close = (): void => {
    if (open) drawn.push(resampled(open));
    open = undefined;
  };
  for (const transform of list) {
    if (isSimilarity(transform)) {
      const { factor, degrees } = transform.drawSimilarity(random);
      open = { factor: factor * (open?.factor ?? 1), degrees: degrees + (open?.degrees ?? 0) };
    } else {
      close();
      drawn.push(transform.draw(random));
    }
  }
  close();
  return drawn;
}
