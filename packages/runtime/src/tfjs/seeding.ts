import { type Activations, closedForm, type GradientRequest, type LayerName, type SeedFunction, type SeedTerm } from '@featurescope/core';
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { noSuchLayer, wrongShape } from '../errors.js';
import type { Run } from './run.js';

type Seeds = GradientRequest['seeds'];

const isFunction = (seeds: Seeds): seeds is SeedFunction => 'seed' in seeds;

export const seededLayers = (seeds: Seeds): readonly LayerName[] => (isFunction(seeds) ? seeds.layers : seeds.map((term) => term.layer));

/** What goes into the backward pass, owned by the run, and the value of each term for each picture. */
export interface Seeding {
  readonly signals: Activations;
  readonly values: readonly Float32Array[];
}

export const plantSeeds = (run: Run, seeds: Seeds): Promise<Seeding> =>
  isFunction(seeds) ? computed(run, seeds) : closedForms(run, seeds);

async function closedForms(run: Run, terms: readonly SeedTerm[]): Promise<Seeding> {
  const signals = new Map<LayerName, Tensor4D>();
  const values: Tensor1D[] = [];
  for (const term of terms) {
    const present = signals.get(term.layer);
    const [value, signal] = tf.tidy((): [Tensor1D, Tensor4D | undefined] => {
      const seed = closedForm(term, run.activation(term.layer));
      if (term.weight === 0) return [seed.value, undefined];
      const weighted: Tensor4D = tf.mul(seed.derivative(), term.weight);
      return [seed.value, present ? tf.add(present, weighted) : weighted];
    });
    values.push(run.scope.own(value));
    if (!signal) continue;
    signals.set(term.layer, run.scope.own(signal));
    if (present) run.scope.release(present);
  }
  const numbers = await Promise.all(values.map(async (value) => new Float32Array(await value.data())));
  for (const value of values) run.scope.release(value);
  return { signals, values: numbers };
}

async function computed(run: Run, { layers, seed }: SeedFunction): Promise<Seeding> {
  const given = new Map(layers.map((layer) => [layer, run.activation(layer)]));
  const signals = new Map(await seed(given));
  for (const tensor of signals.values()) run.scope.own(tensor);
  for (const [layer, tensor] of signals) {
    if (!given.has(layer)) throw noSuchLayer(layer, layers);
    if (tensor.shape.join() !== run.shapeOf(layer).join()) throw wrongShape('The seed', layer, tensor.shape, run.shapeOf(layer));
    if (tensor === given.get(layer)) signals.set(layer, run.scope.own(tensor.clone()));
  }
  return { signals, values: [] };
}
