import { convertConv } from './conv.js';
import type { ConvertLayer } from './layer-call.js';
import { convertBatchNorm, convertLrn, convertScale } from './normalise.js';
import { convertConcat, convertDropout, convertLoss, convertRelu, convertSum, plain } from './other.js';
import { convertPool } from './pool.js';

/** Types of `net.layers{i}` in SimpleNN. A network saved in training ends in a loss, in whose place its prediction stands. */
export const SIMPLENN_LAYERS: ReadonlyMap<string, ConvertLayer> = new Map([
  ['conv', convertConv],
  ['pool', convertPool('pool')],
  ['relu', convertRelu],
  ['sigmoid', plain('sigmoid')],
  ['normalize', convertLrn],
  ['lrn', convertLrn],
  ['bnorm', convertBatchNorm],
  ['dropout', convertDropout],
  ['softmax', plain('softmax')],
  ['softmaxloss', plain('softmax')],
  ['loss', plain('identity')],
]);

/** Classes of the blocks of a DagNN. */
export const DAGNN_LAYERS: ReadonlyMap<string, ConvertLayer> = new Map([
  ['dagnn.Conv', convertConv],
  ['dagnn.Pooling', convertPool('poolSize')],
  ['dagnn.ReLU', convertRelu],
  ['dagnn.Sigmoid', plain('sigmoid')],
  ['dagnn.LRN', convertLrn],
  ['dagnn.BatchNorm', convertBatchNorm],
  ['dagnn.Scale', convertScale],
  ['dagnn.DropOut', convertDropout],
  ['dagnn.Sum', convertSum],
  ['dagnn.Concat', convertConcat],
  ['dagnn.SoftMax', plain('softmax')],
  ['dagnn.Loss', convertLoss],
]);
