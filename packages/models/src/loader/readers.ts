import { readOnnx } from '../onnx/read-onnx.js';
import { readTfjsLayers } from '../tfjs-layers/read-tfjs-layers.js';
import type { ModelFormat, ReadFormat } from './format.js';

/** How each format of other tools is read; what is needed by one of them only is loaded with its first file. */
export const READERS: Readonly<Record<Exclude<ModelFormat, 'safetensors'>, ReadFormat>> = {
  onnx: readOnnx,
  'tfjs-layers': readTfjsLayers,
  caffe: async (bytes, place) => (await import('../caffe/read-caffe.js')).readCaffe(bytes, place),
  matconvnet: async (bytes, place) => (await import('../matconvnet/read-matconvnet.js')).readMatConvNet(bytes, place),
  keras: async (bytes, place) => (await import('../keras/read-keras.js')).readKeras(bytes, place),
};
