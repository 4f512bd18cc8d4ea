import type { BatchNormLayer, ClipLayer, DenseLayer, Layer, LrnLayer, PlainLayer } from '@featurescope/core';
import { chwRows, transposed } from '../weight-layout.js';
import { writeConv, writePad } from './conv.js';
import { blob, LayerWriter, type WrittenBlob, type WrittenNetwork } from './layer-writer.js';
import { writePool } from './pool.js';

const MOST_FLOAT = 3.4028234663852886e38;

/** Writes the messages of one layer; tells the number of axes of its blob. @throws FeaturescopeError when Caffe has no equivalent */
export const writeLayer = (layer: Layer, inputs: readonly WrittenBlob[], written: WrittenNetwork): 2 | 4 => {
  const writer = <L extends Layer>(own: L) => new LayerWriter(own, inputs, written);
  const axes = inputs[0]?.axes ?? 4;
  switch (layer.kind) {
    case 'conv':
      writeConv(writer(layer));
      return 4;
    case 'pad':
      writePad(writer(layer));
      return 4;
    case 'maxPool':
    case 'avgPool':
      writePool(writer(layer));
      return 4;
    case 'globalAvgPool': {
      const own = writer(layer);
      own.withAxes(4);
      own.last('Pooling', { pooling_param: { pool: 'AVE', global_pooling: true } });
      return 4;
    }
    case 'dense':
      writeDense(writer(layer));
      return 2;
    case 'flatten':
      writer(layer).last('Flatten');
      return 2;
    case 'lrn':
      writeLrn(writer(layer));
      return 4;
    case 'batchNorm':
      writeBatchNorm(writer(layer));
      return axes;
    case 'affine': {
      const own = writer(layer);
      own.last('Scale', scaleOf(own));
      return axes;
    }
    case 'relu':
      writer(layer).last('ReLU');
      return axes;
    case 'leakyRelu':
      writer(layer).last('ReLU', { relu_param: { negative_slope: layer.slope } });
      return axes;
    case 'clip':
      writeClip(writer(layer));
      return axes;
    case 'dropout':
      writer(layer).last('Dropout', { dropout_param: { dropout_ratio: layer.rate } });
      return axes;
    case 'tanh':
      writer(layer).last('TanH');
      return axes;
    case 'sigmoid':
      writer(layer).last('Sigmoid');
      return axes;
    case 'softmax':
      writer(layer).last('Softmax');
      return axes;
    case 'identity':
      writer(layer).last('Split');
      return axes;
    case 'concat':
    case 'add':
    case 'multiply':
      return writeJoin(writer(layer));
    case 'constant':
      return 2;
  }
};

/** Caffe's vectors have channels first, whichever order the weights were made for. */
const writeDense = (writer: LayerWriter<DenseLayer>): void => {
  const { units, bias, inputOrder } = writer.layer;
  const { shape, reordered } = writer.input;
  const map = reordered ?? (inputOrder === 'hwc' ? shape : undefined);
  const kernel = map ? chwRows(writer.weight('kernel'), map) : writer.weight('kernel');
  const inputs = shape[0] * shape[1] * shape[2];
  writer.last('InnerProduct', {
    inner_product_param: { num_output: units, ...(!bias && { bias_term: false }) },
    blobs: [blob([units, inputs], transposed(kernel, inputs)), ...(bias ? [blob([units], writer.weight('bias'))] : [])],
  });
};

const writeLrn = (writer: LayerWriter<LrnLayer>): void => {
  const { size, alpha, beta, bias } = writer.layer;
  if (size % 2 === 0) throw writer.fail(`it normalises over ${size} channels; Caffe takes an odd number`);
  writer.withAxes(4);
  writer.last('LRN', { lrn_param: { local_size: size, alpha, beta, ...(bias !== 1 && { k: bias }) } });
};

/** Caffe normalises in one layer, and scales in another if need be. */
const writeBatchNorm = (writer: LayerWriter<BatchNormLayer>): void => {
  const mean = writer.perChannel('mean');
  const shape = [mean.length];
  const normalisation = {
    batch_norm_param: { eps: writer.layer.epsilon },
    blobs: [blob(shape, mean), blob(shape, writer.perChannel('variance')), blob([1], Float32Array.of(1))],
  };
  const isPlain = writer.weight('scale').every((value) => value === 1) && writer.weight('offset').every((value) => value === 0);
  if (isPlain) {
    writer.last('BatchNorm', normalisation);
    return;
  }
  writer.before('BatchNorm', 'normalised', normalisation);
  writer.last('Scale', scaleOf(writer));
};

const scaleOf = (writer: LayerWriter) => {
  const scale = writer.perChannel('scale');
  return { scale_param: { bias_term: true }, blobs: [blob([scale.length], scale), blob([scale.length], writer.perChannel('offset'))] };
};

const writeClip = (writer: LayerWriter<ClipLayer>): void => {
  const { min, max } = writer.layer;
  if (min === 0 && max === Number.POSITIVE_INFINITY) writer.last('ReLU');
  else writer.last('Clip', { clip_param: { min: Math.max(min, -MOST_FLOAT), max: Math.min(max, MOST_FLOAT) } });
};

/** Blobs that are joined need as many axes as each other. */
const writeJoin = (writer: LayerWriter<PlainLayer>): 2 | 4 => {
  const { inputs, layer } = writer;
  const axes = inputs.some((input) => input.axes === 2) ? 2 : 4;
  if (layer.kind !== 'concat' && new Set(inputs.map(({ shape }) => shape.join())).size > 1) return writeBroadcast(writer);
  if (axes === 2 && inputs.some(({ shape }) => shape[0] * shape[1] > 1))
    throw writer.fail('it joins vectors and maps of several positions');
  writer.withAxes(axes);
  if (layer.kind === 'concat') writer.last('Concat');
  else if (inputs.length === 1) writer.last('Split');
  else writer.last('Eltwise', { eltwise_param: { operation: layer.kind === 'add' ? 'SUM' : 'PROD' } });
  return axes;
};

/** A map and one value for each of its channels. */
const writeBroadcast = (writer: LayerWriter<PlainLayer>): 4 => {
  const { inputs, layer } = writer;
  const map = inputs.findIndex(({ shape }) => shape[0] * shape[1] > 1);
  if (inputs.length !== 2) {
    const shapes = inputs.map(({ shape }) => shape.join('×'));
    throw writer.fail(`its inputs have different shapes (${shapes.join(', ')}); Caffe combines two such blobs only`);
  }
  const vector = layer.inputs[1 - map] ?? '';
  writer.inOrder([map, 1 - map]);
  writer.withAxes(2, [vector]);
  if (layer.kind === 'add') writer.last('Bias', { bias_param: { axis: 0 } });
  else writer.last('Scale', { scale_param: { axis: 0 } });
  return 4;
};
