import type { BackwardPolicy, ExplicitPadding, MaxPoolLayer } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { insertZeros, padOrCrop } from '../../maths/spacing.js';
import { LEAST } from '../../maths/unpooling.js';
import { type Windows, windowsOf } from '../../maths/windows.js';
import { spreadOverWindows } from './avg-pool.js';
import type { LayerRule, Site } from './rule.js';

const inverse = ({ top, left, bottom, right }: ExplicitPadding): ExplicitPadding => ({
  top: -top,
  left: -left,
  bottom: -bottom,
  right: -right,
});

/** Puts a signal where `place` says in each window. */
type Unpooling = (x: Tensor4D, pooled: Tensor4D, signal: Tensor4D, windows: Windows) => Tensor4D;

const UNPOOLING: Readonly<Record<BackwardPolicy['maxPool'], Unpooling>> = {
  switches(x, pooled, signal, { size, stride, cover }) {
    const map = padOrCrop(x, cover, LEAST);
    const attributes = { filterSize: [...size], strides: [...stride], pad: 'valid' };
    const onMap = tf.engine().runKernel('MaxPoolGrad', { dy: signal, input: map, output: pooled }, attributes) as Tensor4D;
    return padOrCrop(onMap, inverse(cover));
  },
  center(x, _pooled, signal, { size, stride, cover }) {
    const top = Math.floor((size[0] - 1) / 2) - cover.top;
    const left = Math.floor((size[1] - 1) / 2) - cover.left;
    const placed = insertZeros(signal, stride);
    const bottom = x.shape[1] - placed.shape[1] - top;
    const right = x.shape[2] - placed.shape[2] - left;
    return padOrCrop(placed, { top, left, bottom, right });
  },
  all: (x, _pooled, signal, windows) => spreadOverWindows(signal, [x.shape[1], x.shape[2]], windows),
};

const windows = ({ layer, inputs: [x] }: Pick<Site<MaxPoolLayer>, 'layer' | 'inputs'>): Windows =>
  windowsOf(layer, [x.shape[1], x.shape[2]]);

export const maxPool: LayerRule<MaxPoolLayer> = {
  forward(at) {
    const { size, stride, cover } = windows(at);
    return tf.maxPool(padOrCrop(at.inputs[0], cover, LEAST), [...size], [...stride], 'valid');
  },
  backward: (at, signal, policy) => [UNPOOLING[policy.maxPool](at.inputs[0], at.output, signal, windows(at))],
};
