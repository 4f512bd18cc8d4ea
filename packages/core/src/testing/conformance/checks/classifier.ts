import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { CompiledNetwork } from '../../../execution/executor.js';
import { type ReferencePass, referenceForward } from '../../reference/forward.js';
import type { NetworkCase } from '../network-case.js';
import { classifierCase } from '../networks/graphs.js';
import { type ConformanceTest, withCompiled, withTensor } from '../test-case.js';

interface Classifier {
  readonly item: NetworkCase;
  readonly pass: ReferencePass;
}

let made: Classifier | undefined;

/** The small classifier and its forward pass, made when first asked for. */
export function classifier(): Classifier {
  if (!made) {
    const item = classifierCase();
    made = { item, pass: referenceForward(item.network, item.input) };
  }
  return made;
}

/** A test on the compiled classifier and its input. */
export const classifierTest = (
  name: string,
  check: (compiled: CompiledNetwork, input: Tensor4D, classifier: Classifier) => Promise<void>,
): ConformanceTest => ({
  name,
  run: (executor) => {
    const { item } = classifier();
    return withCompiled(executor, item.network, (compiled) => withTensor(item.input, (input) => check(compiled, input, classifier())));
  },
});
