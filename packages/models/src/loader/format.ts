import { extname } from 'node:path';
import type { Extent, Preprocessing } from '@featurescope/core';
import type { ImportedNetwork } from '../imported-network.js';
import { unsupportedFormat } from './errors.js';

export type ModelFormat = 'onnx' | 'tfjs-layers' | 'safetensors' | 'caffe' | 'matconvnet' | 'keras';

/** A network with what its own file says about pictures and classes; the files beside it and the hub know better. */
export interface FoundNetwork extends ImportedNetwork {
  readonly preprocessing?: Preprocessing;
  readonly labels?: readonly string[];
}

/** The place of a model file, for formats that consist of several files. */
export interface ModelPlace {
  /** Of the file itself, for messages. */
  readonly path: string;
  /** Height and width at which the network will be used, where somebody has said so. */
  readonly size?: Extent;
  /** Names of the files in the same folder, sorted. */
  names(): Promise<readonly string[]>;
  /** A file of the same folder, at most `limit` bytes. @throws FeaturescopeError when it is missing, longer, or elsewhere */
  read(name: string, limit?: number): Promise<Uint8Array>;
}

/** Turns the bytes of a file into a network. @throws FeaturescopeError naming the file and what in it is wrong or not supported */
export type ReadFormat = (bytes: Uint8Array, place: ModelPlace) => Promise<FoundNetwork>;

const FORMATS: ReadonlyMap<string, ModelFormat> = new Map([
  ['.onnx', 'onnx'],
  ['.json', 'tfjs-layers'],
  ['.safetensors', 'safetensors'],
  ['.caffemodel', 'caffe'],
  ['.prototxt', 'caffe'],
  ['.mat', 'matconvnet'],
  ['.h5', 'keras'],
  ['.hdf5', 'keras'],
  ['.keras', 'keras'],
]);

const OTHERS: ReadonlyMap<string, string> = new Map([
  ['.pt', 'a PyTorch file'],
  ['.pth', 'a PyTorch file'],
  ['.pb', 'a TensorFlow graph'],
  ['.tflite', 'a TensorFlow Lite model'],
]);

/** Whether a name ends like a model file of any kind. */
export const looksLikeFile = (name: string): boolean => FORMATS.has(extension(name)) || OTHERS.has(extension(name));

/** Endings of files that are a model, whatever lies beside them: not of a Caffe network's description, which has no weights. */
export const MODEL_ENDINGS: readonly string[] = [...FORMATS.keys()].filter((ending) => ending !== '.json' && ending !== '.prototxt');

/** What a training keeps beside its checkpoints, to be continued. */
const TRAINING_STATE = 'state.safetensors';

/** Whether a file in a folder is a model. */
export const isModelFile = (name: string): boolean =>
  name === 'model.json' || (MODEL_ENDINGS.includes(extension(name)) && name !== TRAINING_STATE && !name.startsWith('.'));

/** @throws FeaturescopeError naming what can be read */
export const formatOf = (path: string): ModelFormat => {
  const format = FORMATS.get(extension(path));
  if (format !== undefined) return format;
  throw unsupportedFormat(path, OTHERS.get(extension(path)) ?? `a file of the kind "${extension(path) || 'without an ending'}"`);
};

const extension = (path: string): string => extname(path).toLowerCase();
