import { extname } from 'node:path';
import { unsupportedFormat } from './errors.js';

export type ModelFormat = 'onnx' | 'tfjs-layers' | 'safetensors';

const FORMATS: ReadonlyMap<string, ModelFormat> = new Map([
  ['.onnx', 'onnx'],
  ['.json', 'tfjs-layers'],
  ['.safetensors', 'safetensors'],
]);

const OTHERS: ReadonlyMap<string, string> = new Map([
  ['.h5', 'a Keras file'],
  ['.hdf5', 'a Keras file'],
  ['.keras', 'a Keras file'],
  ['.caffemodel', 'a Caffe model'],
  ['.prototxt', 'a Caffe model'],
  ['.mat', 'a MatConvNet model'],
  ['.pt', 'a PyTorch file'],
  ['.pth', 'a PyTorch file'],
  ['.pb', 'a TensorFlow graph'],
  ['.tflite', 'a TensorFlow Lite model'],
]);

/** Whether a name ends like a model file of any kind. */
export const looksLikeFile = (name: string): boolean => FORMATS.has(extension(name)) || OTHERS.has(extension(name));

/** @throws FeaturescopeError naming what can be read */
export const formatOf = (path: string): ModelFormat => {
  const format = FORMATS.get(extension(path));
  if (format !== undefined) return format;
  throw unsupportedFormat(path, OTHERS.get(extension(path)) ?? `a file of the kind "${extension(path) || 'without an ending'}"`);
};

const extension = (path: string): string => extname(path).toLowerCase();
