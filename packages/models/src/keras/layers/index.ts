import type { KerasCall, KerasValue } from '../keras-network.js';
import { activation, leakyRelu, relu, softmax } from './activation.js';
import { conv2d, dense, depthwiseConv2d, separableConv2d } from './conv.js';
import { add, batchNormalization, concatenate, dropout, flatten, identity, multiply, reshape } from './other.js';
import { averagePooling2d, globalAveragePooling2d, globalMaxPooling2d, maxPooling2d, zeroPadding2d } from './pool.js';
import { normalization, rescaling } from './scaling.js';

/** What each Keras layer becomes, by its class name. */
export const KERAS_LAYERS: ReadonlyMap<string, (call: KerasCall) => KerasValue> = new Map([
  ['Activation', activation],
  ['ActivityRegularization', identity],
  ['Add', add],
  ['AlphaDropout', identity],
  ['AveragePooling2D', averagePooling2d],
  ['BatchNormalization', batchNormalization],
  ['BatchNormalizationV1', batchNormalization],
  ['Concatenate', concatenate],
  ['Conv2D', conv2d],
  ['Dense', dense],
  ['DepthwiseConv2D', depthwiseConv2d],
  ['Dropout', dropout],
  ['Flatten', flatten],
  ['GaussianDropout', identity],
  ['GaussianNoise', identity],
  ['GlobalAveragePooling2D', globalAveragePooling2d],
  ['GlobalMaxPooling2D', globalMaxPooling2d],
  ['Identity', identity],
  ['LeakyReLU', leakyRelu],
  ['MaxPooling2D', maxPooling2d],
  ['Multiply', multiply],
  ['Normalization', normalization],
  ['RandomBrightness', identity],
  ['RandomContrast', identity],
  ['RandomFlip', identity],
  ['RandomRotation', identity],
  ['RandomTranslation', identity],
  ['RandomZoom', identity],
  ['ReLU', relu],
  ['Rescaling', rescaling],
  ['Reshape', reshape],
  ['SeparableConv2D', separableConv2d],
  ['Softmax', softmax],
  ['SpatialDropout2D', dropout],
  ['ZeroPadding2D', zeroPadding2d],
]);
