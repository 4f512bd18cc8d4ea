import type { Shape } from '../../../network/layer.js';
import { type NetworkCase, networkCase } from '../network-case.js';
import { around, avgPool, conv, dense, lrn, maxPool, plain, type Row } from '../table.js';

const join = (kind: 'concat' | 'add' | 'multiply', ...inputs: string[]): Row => plain(kind, { inputs });

/** Two 1×1 convolutions of the input, `a` and `b`, and what is made of them. */
const joined = (name: string, shape: Shape, ...rows: readonly Row[]): NetworkCase =>
  networkCase(name, shape, [conv(1, 3, { name: 'a', inputs: ['input'] }), conv(1, 3, { name: 'b', inputs: ['input'] }), ...rows]);

/** Layers with several inputs. */
export const joins = (): readonly NetworkCase[] => [
  joined('concat of two', [4, 5, 2], join('concat', 'a', 'b')),
  joined('concat of three of different depth, the input among them', [4, 5, 2], join('concat', 'b', 'input', 'a')),
  joined('concat of a layer with itself', [3, 4, 2], join('concat', 'a', 'b', 'a')),
  joined('concat of one', [3, 4, 2], join('concat', 'b')),
  joined('add of two', [4, 5, 2], join('add', 'a', 'b')),
  joined('add of three', [4, 5, 3], join('add', 'a', 'b', 'input')),
  joined('add of a layer to itself', [4, 5, 2], join('add', 'a', 'a')),
  joined('add, broadcast over positions', [4, 5, 2], plain('globalAvgPool', { name: 'g', inputs: ['b'] }), join('add', 'a', 'g')),
  joined('add, the broadcast input first', [4, 5, 2], plain('globalAvgPool', { name: 'g', inputs: ['b'] }), join('add', 'g', 'a')),
  joined('multiply of two', [4, 5, 2], join('multiply', 'a', 'b')),
  joined('multiply of three', [3, 4, 3], join('multiply', 'a', 'b', 'input')),
  joined('multiply of a layer with itself', [4, 5, 2], join('multiply', 'a', 'a')),
  joined(
    'multiply, broadcast over positions',
    [4, 5, 2],
    plain('globalAvgPool', { name: 'g', inputs: ['a'] }),
    plain('sigmoid', { name: 'gate' }),
    join('multiply', 'b', 'gate'),
  ),
];

const classifier: readonly Row[] = [
  conv(3, 4, { name: 'conv1', padding: around(1) }),
  plain('relu', { name: 'relu1' }),
  maxPool(3, 2, { name: 'pool1', ceilMode: true }),
  lrn(3, { name: 'norm1' }),
  conv(3, 5, { name: 'conv2', groups: 1 }),
  plain('relu', { name: 'relu2' }),
  maxPool(2, 1, { name: 'pool2' }),
  dense(6, { name: 'fc3', inputOrder: 'chw' }),
  plain('relu', { name: 'relu3' }),
  { kind: 'dropout', rate: 0.5, name: 'drop3' },
  dense(4, { name: 'fc4' }),
  plain('softmax', { name: 'prob' }),
];

/** A small classifier with every layer that has a rule of its own; 3 pictures of 12×10×3, 4 classes. */
export const classifierCase = (): NetworkCase => networkCase('a classifier', [12, 10, 3], classifier, { batch: 3 });

/** The convolutional part of the classifier for inputs of any size. */
export const anySizeCase = (): NetworkCase => networkCase('any size', [12, 10, 3], classifier.slice(0, 7), { anySize: true });

/** A layer that feeds two, which meet again: the fire module of SqueezeNet. */
export const fireCase = (): NetworkCase =>
  networkCase(
    'a fire module',
    [9, 8, 3],
    [
      conv(1, 6, { name: 'fire/squeeze1x1' }),
      plain('relu', { name: 'fire/relu_squeeze1x1' }),
      conv(1, 4, { name: 'fire/expand1x1', inputs: ['fire/relu_squeeze1x1'] }),
      plain('relu', { name: 'fire/relu_expand1x1' }),
      conv(3, 4, { name: 'fire/expand3x3', inputs: ['fire/relu_squeeze1x1'], padding: around(1) }),
      plain('relu', { name: 'fire/relu_expand3x3' }),
      plain('concat', { name: 'fire/concat', inputs: ['fire/relu_expand1x1', 'fire/relu_expand3x3'] }),
      maxPool(3, 2, { name: 'pool', ceilMode: true }),
    ],
  );

/** One convolution and one dense layer, each applied twice. */
export const sharedCase = (): NetworkCase =>
  networkCase(
    'one layer used twice',
    [7, 6, 3],
    [
      conv(3, 3, { name: 'first', padding: around(1) }),
      plain('relu'),
      conv(3, 3, { name: 'second', padding: around(1), weightsOf: 'first' }),
      plain('tanh'),
      plain('globalAvgPool'),
      dense(3, { name: 'fc1' }),
      plain('relu'),
      dense(3, { name: 'fc2', weightsOf: 'fc1' }),
    ],
  );

/** Networks of several layers. */
export const graphs = (): readonly NetworkCase[] => [
  classifierCase(),
  fireCase(),
  sharedCase(),
  networkCase(
    'a residual block',
    [8, 7, 4],
    [
      conv(3, 4, { padding: around(1), bias: false }),
      { kind: 'batchNorm', epsilon: 1e-4 },
      plain('relu'),
      conv(3, 4, { padding: around(1) }),
      plain('add', { name: 'sum', inputs: ['conv4', 'input'] }),
      plain('relu'),
      avgPool(2, 2),
    ],
  ),
  networkCase(
    'a downsampling block with a projection',
    [9, 8, 3],
    [
      conv(3, 4, { name: 'left', stride: [2, 2], padding: around(1) }),
      plain('relu', { name: 'left/relu' }),
      conv(1, 4, { name: 'right', inputs: ['input'], stride: [2, 2] }),
      plain('add', { inputs: ['left/relu', 'right'] }),
      plain('relu'),
    ],
  ),
  networkCase(
    'an inception block',
    [7, 8, 3],
    [
      conv(3, 3, { name: 'stem', padding: around(1) }),
      plain('relu', { name: 'stem/relu' }),
      conv(1, 2, { name: '1x1' }),
      conv(3, 2, { name: '3x3', inputs: ['stem/relu'], padding: around(1) }),
      maxPool(3, 1, { name: 'pool', inputs: ['stem/relu'], padding: around(1) }),
      conv(1, 2, { name: 'pool/1x1' }),
      avgPool(3, 1, { name: 'mean', inputs: ['stem/relu'], padding: around(1), countIncludePad: false }),
      plain('concat', { name: 'out', inputs: ['1x1', '3x3', 'pool/1x1', 'mean', 'stem/relu'] }),
    ],
  ),
  networkCase(
    'the input feeds two layers',
    [6, 7, 3],
    [
      conv(3, 3, { name: 'a', padding: around(1) }),
      plain('relu', { name: 'b', inputs: ['input'] }),
      plain('multiply', { inputs: ['a', 'b'] }),
    ],
  ),
  networkCase(
    'a pool that feeds two layers',
    [8, 9, 2],
    [
      conv(3, 3, { padding: around(1) }),
      maxPool(2, 2, { name: 'pool' }),
      plain('relu', { name: 'a' }),
      plain('tanh', { name: 'b', inputs: ['pool'] }),
      plain('concat', { inputs: ['a', 'b', 'pool'] }),
    ],
  ),
  networkCase(
    'odd names',
    [5, 6, 2],
    [
      conv(3, 3, { name: 'a layer/with:odd "name"' }),
      plain('relu', { name: '1' }),
      conv(1, 2, { name: 'ярус' }),
      plain('relu', { name: 'constructor' }),
    ],
  ),
  networkCase(
    'a constant that feeds nothing',
    [5, 6, 2],
    [conv(3, 3, { name: 'first' }), { kind: 'constant', name: 'shape', shape: [4], inputs: [] }, plain('relu', { inputs: ['first'] })],
  ),
];
