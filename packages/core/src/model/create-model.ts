import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Activations, Executor } from '../execution/executor.js';
import { findLayer } from '../execution/hook-filter.js';
import { convolutional } from '../network/convolutional.js';
import { describeLayers } from '../network/describe.js';
import type { LayerName } from '../network/layer.js';
import type { Network } from '../network/network.js';
import { INPUT, LOGITS, PROBABILITIES } from '../objectives/objective.js';
import { findClass } from './class-index.js';
import { classifierHead } from './classifier-head.js';
import { noProbabilities, wrongChannels, wrongLabelCount } from './errors.js';
import type { InputSpec } from './input-spec.js';
import { lazyModel } from './lazy-model.js';
import type { Model } from './model.js';
import { objectiveGradient } from './objective-gradient.js';
import { plainObjectiveGradient } from './plain-objective-gradient.js';
import { weightsHash } from './weights-hash.js';

export interface ModelParts {
  readonly name: string;
  readonly network: Network;
  readonly input: InputSpec;
  /** One for each class, in the order of the output. */
  readonly labels?: readonly string[];
  /** How the weights came to be. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly executor: Executor;
  /** The weights will change often. */
  readonly trainable?: boolean;
}

/**
 * Compiles a network and adds what is known about its input and classes. Passes through the model are always inference:
 * dropout does nothing.
 * @throws FeaturescopeError when the network does not take its recommended input, or the number of labels is wrong
 */
export async function createModel({ name, network, input, labels, details, executor, trainable = false }: ModelParts): Promise<Model> {
  const layers = describeLayers(network, [...input.size, input.channels]);
  const { logits, probabilities } = classifierHead(network);
  const classes = layers.find((layer) => layer.name === logits)?.outputShape[2] ?? input.channels;
  if (labels && labels.length !== classes) throw wrongLabelCount(name, labels.length, classes);
  const sha256 = await weightsHash(network);
  const compiled = await executor.compile(network, { trainable });

  const resolve = (layer: LayerName): LayerName => {
    if (layer === INPUT || layer === network.input.name) return network.input.name;
    if (layer === LOGITS) return logits;
    if (layer !== PROBABILITIES) return findLayer(layer, layers).name;
    if (probabilities === undefined) throw noProbabilities(name, logits);
    return probabilities;
  };
  const check = ({ shape }: { readonly shape: readonly number[] }): void => {
    if (shape.length !== 4 || shape[3] !== input.channels) throw wrongChannels(name, shape, input.channels);
  };

  const ofAnySize = lazyModel(name, async () => {
    const spread = convolutional(network, [...input.size, input.channels]);
    if (spread === network && !input.fixedSize) return model;
    const parts = { name, network: spread, input: { ...input, fixedSize: false }, executor, trainable };
    return createModel({ ...parts, ...(labels && { labels }), ...(details && { details }) });
  });

  const model: Model = {
    name,
    sha256,
    network,
    layers,
    input,
    ...(labels ? { labels } : {}),
    ...(details ? { details } : {}),
    logits,
    ...(probabilities === undefined ? {} : { probabilities }),
    compiled,
    resolve,
    layer: (reference) => findLayer(reference, layers),
    classIndex: (reference) => findClass(reference, name, classes, labels),
    async activations(image, wanted, hooks = []) {
      check(image);
      const names = new Map(wanted.map((layer) => [layer, resolve(layer)]));
      const asked = [...new Set(names.values())].filter((layer) => layer !== network.input.name);
      const found = asked.length > 0 ? await compiled.forward(image, asked, { hooks }) : new Map<LayerName, Tensor4D>();
      return renamed(found, names, image, network.input.name);
    },
    async gradient(image, objective, options = {}) {
      check(image);
      const wanted = options.wanted ? { wanted: options.wanted.map(resolve) } : {};
      return objectiveGradient(compiled, image, objective, resolve, { ...options, ...wanted });
    },
    async plainGradient(image, objective, into, options) {
      check(image);
      return plainObjectiveGradient(compiled, image, objective, into, resolve, options);
    },
    async project(image, from, signal, policy, to) {
      check(image);
      const seeds = [{ layer: resolve(from), form: { dot: signal }, weight: 1 }];
      const pass = await compiled.gradient({ input: image, seeds, policy }, to === undefined ? undefined : resolve(to));
      tf.dispose([...pass.activations.values()]);
      return pass.gradient;
    },
    convolutional: () => ofAnySize.get(),
    dispose() {
      compiled.dispose();
      ofAnySize.dispose(model);
    },
  };
  return model;
}

/** Activations under the names they were asked for; each has a tensor of its own. */
function renamed(found: Activations, names: ReadonlyMap<LayerName, LayerName>, image: Tensor4D, input: LayerName): Activations {
  const given = new Set<LayerName>();
  const result = new Map<LayerName, Tensor4D>();
  for (const [asked, name] of names) {
    const tensor = name === input ? image : found.get(name);
    if (!tensor) continue;
    result.set(asked, name === input || given.has(name) ? tf.clone(tensor) : tensor);
    given.add(name);
  }
  return result;
}
