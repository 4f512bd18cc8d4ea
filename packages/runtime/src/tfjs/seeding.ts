import type { Activations, GradientRequest, LayerName, SeedFunction, SeedTerm } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { noSuchLayer, wrongShape } from '../errors.js';
import type { Run } from './run.js';
import { seedOf } from './seeds.js';

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
  const values: Float32Array[] = [];
  for (const term of terms) {
    const { value, weighted } = tf.tidy(() => {
      const seed = seedOf(term, run.activation(term.layer));
      const signal: Tensor4D = tf.mul(seed.derivative, term.weight);
      const present = signals.get(term.layer);
      const weighted: Tensor4D = present ? tf.add(present, signal) : signal;
      return { value: seed.value, weighted };
    });
    const present = signals.get(term.layer);
    if (present) run.scope.release(present);
    signals.set(term.layer, run.scope.own(weighted));
    run.scope.own(value);
    values.push(new Float32Array(await value.data()));
    run.scope.release(value);
  }
  return { signals, values };
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
