import type { LayerReader } from '../caffe-network.js';
import { convolution } from './conv.js';
import { innerProduct } from './dense.js';
import { clip, dropout, eltwise, relu, sigmoid, softmax, split, tanh } from './elementwise.js';
import { batchNorm, lrn } from './normalise.js';
import { bias, power, scale } from './per-channel.js';
import { pooling } from './pool.js';
import { concat, flatten, reshape } from './shape.js';

const READERS: Readonly<Record<string, LayerReader>> = {
  BatchNorm: batchNorm,
  Bias: bias,
  Clip: clip,
  Concat: concat,
  Convolution: convolution,
  Dropout: dropout,
  Eltwise: eltwise,
  Flatten: flatten,
  InnerProduct: innerProduct,
  LRN: lrn,
  Pooling: pooling,
  Power: power,
  ReLU: relu,
  Reshape: reshape,
  Scale: scale,
  Sigmoid: sigmoid,
  Softmax: softmax,
  SoftmaxWithLoss: softmax,
  Split: split,
  TanH: tanh,
};

/** How a layer of this type is read, undefined when it is not supported. */
export const readerOf = (type: string): LayerReader | undefined => (Object.hasOwn(READERS, type) ? READERS[type] : undefined);

export const SUPPORTED_TYPES = [...Object.keys(READERS), 'Input'];

/** Types whose second bottom are labels, which only training has. */
export const TAKES_LABELS: ReadonlySet<string> = new Set(['SoftmaxWithLoss']);

/** Types that give no activation: what they measure needs labels, or they write files. */
export const WITHOUT_ACTIVATION: ReadonlySet<string> = new Set([
  'Accuracy',
  'ContrastiveLoss',
  'EuclideanLoss',
  'HDF5Output',
  'HingeLoss',
  'InfogainLoss',
  'MultinomialLogisticLoss',
  'SigmoidCrossEntropyLoss',
  'Silence',
]);

/** Types that read pictures and labels from somewhere. */
export const DATA_TYPES: ReadonlySet<string> = new Set([
  'AnnotatedData',
  'Data',
  'DummyData',
  'HDF5Data',
  'ImageData',
  'MemoryData',
  'WindowData',
]);
