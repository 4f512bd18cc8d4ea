import { basename, extname } from 'node:path';
import { encodeModelFile } from '@featurescope/core';
import type { Precision } from '../onnx/index.js';
import { unknownTarget, unsupportedPrecision } from './errors.js';
import type { TargetFormat } from './format.js';

const MAX_NAME = 200;

const TARGETS: readonly TargetFormat[] = [
  {
    name: 'ONNX',
    endings: ['.onnx'],
    precisions: ['float32', 'float16'],
    describesInput: false,
    anySize: true,
    async load() {
      const { exportOnnx } = await import('../onnx/export/index.js');
      return (model, stem, options) => new Map([[`${stem}.onnx`, exportOnnx(model, options)]]);
    },
  },
  {
    name: 'safetensors',
    endings: ['.safetensors'],
    precisions: ['float32', 'float16'],
    describesInput: true,
    anySize: true,
    load:
      async () =>
      (model, stem, { precision }) => {
        const name = model.name.slice(0, MAX_NAME);
        return new Map([[`${stem}.safetensors`, encodeModelFile({ ...model, name }, precision === 'float16' ? 'F16' : 'F32')]]);
      },
  },
  {
    name: 'Caffe',
    endings: ['.prototxt', '.caffemodel'],
    precisions: ['float32'],
    describesInput: false,
    anySize: false,
    load: async () => (await import('../caffe/write-caffe.js')).writeCaffe,
  },
];

export const TARGET_ENDINGS: readonly string[] = TARGETS.flatMap(({ endings }) => endings);

/** The format that the name of a file asks for. @throws FeaturescopeError naming those that can be written */
export const targetFormat = (file: string, precision: Precision): TargetFormat => {
  const ending = extname(file).toLowerCase();
  const format = TARGETS.find(({ endings }) => endings.includes(ending));
  if (format === undefined || stemOf(file) === '') throw unknownTarget(file, TARGET_ENDINGS);
  if (!format.precisions.includes(precision)) throw unsupportedPrecision(file, format.name, precision, format.precisions);
  return format;
};

/** Name of a file without folder and ending. */
export const stemOf = (file: string): string => basename(file, extname(file));
