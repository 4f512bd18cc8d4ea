import { z } from 'zod';
import type { WeightName, Weights } from '../network/network.js';
import { adagradUpdate } from './adagrad.js';
import { adamUpdate } from './adam.js';
import { momentumUpdate } from './momentum.js';

const decayed = {
  weightDecay: z
    .number()
    .min(0)
    .default(0)
    .describe('Factor of the L2 penalty: weightDecay · weight is added to the gradient of kernels, never of biases'),
  biasRate: z.number().positive().default(1).describe('Factor on the learning rate of biases'),
};

/** The optimisers with their options. */
export const optimizerOptions = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sgd').describe('Stochastic gradient descent with momentum'),
    momentum: z.number().min(0).max(0.9999).default(0.9).describe('Part of the former step that is kept'),
    ...decayed,
  }),
  z.strictObject({
    kind: z.literal('adagrad').describe('Adagrad (Duchi et al. 2011)'),
    denominator: z
      .enum(['sqrt', 'asPrinted'])
      .default('sqrt')
      .describe('`sqrt`: g / (√G + eps), the usual form; `asPrinted`: g / (G + eps), without the root'),
    eps: z.number().positive().default(1e-8).describe('Keeps the denominator from 0'),
    ...decayed,
  }),
  z.strictObject({
    kind: z.literal('adam').describe('Adam (Kingma & Ba 2015)'),
    beta1: z.number().min(0).max(0.9999).default(0.9).describe('Decay of the mean gradient'),
    beta2: z.number().min(0).max(0.99999).default(0.999).describe('Decay of the mean squared gradient'),
    eps: z.number().positive().default(1e-8).describe('Keeps the denominator from 0'),
    ...decayed,
  }),
]);

export type OptimizerOptions = z.output<typeof optimizerOptions>;

/** Changes weights in place; remembers what it needs from step to step in `slots`. */
export interface Optimizer {
  /** Memory by name, `velocity/conv1/kernel`, each of the size of its weight. Zero at first; overwritten to resume. */
  readonly slots: ReadonlyMap<string, Float32Array>;
  /** One step against the gradient of the mean loss; `step` counts from 0. Gradients are overwritten. */
  update(gradients: ReadonlyMap<WeightName, Float32Array>, learningRate: number, step: number): void;
}

const SLOTS = { sgd: ['velocity'], adagrad: ['squares'], adam: ['mean', 'squares'] } as const;

const addDecay = (gradient: Float32Array, weight: Float32Array, decay: number): void => {
  for (let i = 0; i < gradient.length; i++) gradient[i] = (gradient[i] ?? 0) + decay * (weight[i] ?? 0);
};

/** An optimiser for these weights, which it changes in place. */
export function createOptimizer(options: OptimizerOptions, weights: Weights): Optimizer {
  const slots = new Map<string, Float32Array>();
  for (const [name, { data }] of weights)
    for (const slot of SLOTS[options.kind]) slots.set(`${slot}/${name}`, new Float32Array(data.length));
  const memory = (slot: string, name: WeightName): Float32Array => slots.get(`${slot}/${name}`) ?? new Float32Array(0);

  return {
    slots,
    update(gradients, learningRate, step) {
      for (const [name, gradient] of gradients) {
        const weight = weights.get(name);
        if (!weight) continue;
        const isBias = weight.shape.length < 2;
        const rate = isBias ? learningRate * options.biasRate : learningRate;
        if (!isBias && options.weightDecay > 0) addDecay(gradient, weight.data, options.weightDecay);
        switch (options.kind) {
          case 'sgd':
            momentumUpdate(weight.data, gradient, memory('velocity', name), rate, options.momentum);
            break;
          case 'adagrad':
            adagradUpdate(weight.data, gradient, memory('squares', name), rate, options);
            break;
          case 'adam':
            adamUpdate(weight.data, gradient, memory('mean', name), memory('squares', name), rate, options, step);
            break;
        }
      }
    },
  };
}
