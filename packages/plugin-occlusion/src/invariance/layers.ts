import { ancestors, type Layer, type LayerName, type Model } from '@featurescope/core';
import { lastHiddenLayer } from '../correspondence/layers.js';

const NONLINEAR: readonly Layer['kind'][] = ['relu', 'leakyRelu', 'clip', 'tanh', 'sigmoid'];

/** The layers asked for, each once; by default the first and the last one with features of the whole picture. */
export function comparedLayers(model: Model, given: readonly (string | number)[] | undefined): readonly LayerName[] {
  if (given) return [...new Set(given.map((reference) => model.layer(reference).name))];
  return [...new Set([firstLayer(model), lastLayer(model)])];
}

/** The first convolution or dense layer below the class scores, after its nonlinearity where it alone feeds one. */
function firstLayer({ network, logits }: Model): LayerName {
  const below = ancestors(network, [logits]);
  const first = network.layers.find(({ name, kind }) => below.has(name) && (kind === 'conv' || kind === 'dense'));
  if (!first) return logits;
  const followers = network.layers.filter(({ inputs }) => inputs.includes(first.name));
  const [next] = followers;
  return next && followers.length === 1 && NONLINEAR.includes(next.kind) ? next.name : first.name;
}

function lastLayer(model: Model): LayerName {
  const hidden = lastHiddenLayer(model);
  return hidden && hidden.outputShape[0] * hidden.outputShape[1] === 1 ? hidden.name : model.logits;
}
