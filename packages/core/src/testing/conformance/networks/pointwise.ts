import { type NetworkCase, networkCase } from '../network-case.js';
import { clip, conv, lrn, pad, padding, plain, type Row } from '../table.js';

const activations: Readonly<Record<string, Row>> = {
  relu: plain('relu'),
  'leakyRelu, slope 0.1': { kind: 'leakyRelu', slope: 0.1 },
  'leakyRelu, negative slope': { kind: 'leakyRelu', slope: -0.3 },
  'clip 0…6': clip(0, 6),
  'clip −0.5…0.7': clip(-0.5, 0.7),
  tanh: plain('tanh'),
  sigmoid: plain('sigmoid'),
};

/** Activation functions, alone and between convolutions. */
export const activationFunctions = (): readonly NetworkCase[] => [
  ...Object.entries(activations).map(([name, row]) => networkCase(name, [5, 7, 3], [row])),
  ...Object.entries(activations).map(([name, row]) =>
    networkCase(`${name}, between convolutions`, [7, 6, 3], [conv(3, 4), row, conv(2, 3)]),
  ),
  networkCase('relu at exact zeros', [5, 6, 3], [plain('relu')], { input: 'integers' }),
  networkCase('relu twice', [5, 6, 3], [plain('relu'), plain('relu')]),
  networkCase('relu of nothing positive', [4, 3, 2], [plain('relu')], { input: 'negative' }),
];

/** Normalisation across channels, per channel, and softmax. */
export const normalisations = (): readonly NetworkCase[] => [
  networkCase('lrn over 5 channels', [4, 5, 8], [lrn(5)]),
  networkCase('lrn over 3 channels, bias 1', [3, 4, 5], [lrn(3, { bias: 1, alpha: 2, beta: 0.5 })]),
  networkCase('lrn over 1 channel', [3, 4, 3], [lrn(1)]),
  networkCase('lrn over 4 channels', [3, 4, 6], [lrn(4)]),
  networkCase('lrn over more channels than there are', [3, 4, 2], [lrn(5)]),
  networkCase("lrn with AlexNet's constants", [4, 3, 7], [lrn(5, { alpha: 1e-4 })]),
  networkCase('lrn between convolutions', [7, 6, 3], [conv(3, 7), lrn(5), conv(2, 4)]),
  networkCase('batchNorm', [5, 4, 6], [{ kind: 'batchNorm', epsilon: 1e-3 }], { batch: 3 }),
  networkCase('batchNorm after a convolution', [6, 7, 3], [conv(3, 4, { bias: false }), { kind: 'batchNorm', epsilon: 1e-5 }]),
  networkCase('affine', [5, 4, 6], [{ kind: 'affine' }], { batch: 3 }),
  networkCase('softmax', [1, 1, 9], [plain('softmax')], { batch: 3 }),
  networkCase('softmax over the channels of a map', [3, 4, 5], [plain('softmax')]),
];

/** Layers that move numbers about. */
export const layouts = (): readonly NetworkCase[] => [
  networkCase('identity', [4, 5, 2], [plain('identity')]),
  networkCase('identity after a convolution', [5, 4, 2], [conv(2, 3), plain('identity'), plain('relu'), plain('identity')]),
  networkCase('dropout without masks', [4, 5, 2], [{ kind: 'dropout', rate: 0.5 }]),
  networkCase('flatten, hwc', [3, 4, 5], [{ kind: 'flatten', order: 'hwc' }]),
  networkCase('flatten, chw', [3, 4, 5], [{ kind: 'flatten', order: 'chw' }], { batch: 3 }),
  networkCase('pad with zeros', [4, 5, 2], [pad(padding(1, 2, 0, 3))]),
  networkCase('pad with a constant', [4, 5, 2], [pad(padding(2, 0, 1, 1), -1.5)]),
  networkCase('pad before a convolution', [6, 5, 3], [pad(padding(0, 0, 1, 1), 0.5), conv(3, 4, { stride: [2, 2] })]),
];
