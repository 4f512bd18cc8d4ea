import type { Executor } from '../execution/executor.js';
import { createModel } from '../model/create-model.js';
import type { InputSpec } from '../model/input-spec.js';
import type { Model } from '../model/model.js';
import type { Network } from '../network/network.js';
import { createRandom } from '../random-stream.js';
import { withRandomWeights } from './conformance/network-case.js';
import { around, conv, dense, linked, maxPool, plain, relu } from './conformance/table.js';
import { referenceExecutor } from './reference/executor.js';

const LABELS = ['sky', 'cloud', 'mountain', 'water'];

const INPUT: InputSpec = {
  size: [12, 10],
  channels: 3,
  fixedSize: false,
  preprocessing: { channelOrder: 'rgb', scale: 1, mean: [120, 110, 100], std: [60, 60, 60] },
};

/**
 * A network for tests: conv1, relu1, pool1, conv2, relu2, gap, fc3, prob on 12×10×3 inputs (other sizes fit too), 4 classes,
 * the same random weights every time.
 */
export function tinyNetwork(): Network {
  const layers = linked('input', [
    conv(3, 6, { name: 'conv1', padding: around(1) }),
    relu({ name: 'relu1' }),
    maxPool(2, 2, { name: 'pool1' }),
    conv(3, 8, { name: 'conv2', padding: around(1) }),
    relu({ name: 'relu2' }),
    plain('globalAvgPool', { name: 'gap' }),
    dense(LABELS.length, { name: 'fc3' }),
    plain('softmax', { name: 'prob' }),
  ]);
  const network: Network = { input: { name: 'input', shape: [null, null, 3] }, layers, outputs: ['prob'], weights: new Map() };
  return withRandomWeights(network, [...INPUT.size, INPUT.channels], createRandom('tiny'));
}

/** The tiny network as a model with labels sky, cloud, mountain and water; runs on the reference unless another executor is given. */
export const tinyModel = (executor: Executor = referenceExecutor): Promise<Model> =>
  createModel({ name: 'tiny', network: tinyNetwork(), input: INPUT, labels: LABELS, executor });

/**
 * A model of one convolution, `conv`, that takes inputs of any size with this number of channels; like a bare model file it has
 * neither preprocessing nor labels.
 */
export function bareModel(channels: number, executor: Executor = referenceExecutor): Promise<Model> {
  const size = [8, 6] as const;
  const network: Network = {
    input: { name: 'input', shape: [null, null, channels] },
    layers: linked('input', [conv(3, 4, { name: 'conv', padding: around(1) })]),
    outputs: ['conv'],
    weights: new Map(),
  };
  const weighted = withRandomWeights(network, [...size, channels], createRandom('bare'));
  return createModel({ name: 'bare', network: weighted, input: { size, channels, fixedSize: false }, executor });
}
