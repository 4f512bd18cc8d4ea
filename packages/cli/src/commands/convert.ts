import { z } from 'zod';
import type { CommandDefinition } from '../command.js';
import { flagsOf } from '../flags/flag.js';

/** The flags of `convert`. */
export const convertOptions = z.strictObject({
  precision: z
    .enum(['float32', 'float16'])
    .default('float32')
    .describe('how weights are stored; they are computed with in single precision'),
  check: z.boolean().default(true).describe('run both models on random pictures, and write nothing when their outputs differ'),
});

export const convertCommand: CommandDefinition = {
  name: 'convert',
  summary: 'write a model as a file for other tools',
  details:
    'The ending of the file says what is written: .onnx, .prototxt or .caffemodel (Caffe, which has both), or .safetensors. A preprocessing.json and a ' +
    'labels.txt go beside it where the format does not hold them. Files that are there with other content are left alone.',
  argument: '[arguments...]',
  usage: '<model> <file>',
  argumentDescription: 'hub name or model file, and the file to write',
  flags: flagsOf(convertOptions),
  shows: ['model', 'runtime', 'seed', 'json', 'quiet', 'debug'],
  run: async (invocation) => (await import('./convert-action.js')).convertAction(invocation),
};
