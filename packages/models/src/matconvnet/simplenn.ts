import type { LayerName } from '@featurescope/core';
import { invalidNetworkFile, unsupportedLayerType } from './errors.js';
import { Fields } from './fields.js';
import { SIMPLENN_LAYERS } from './layers/index.js';
import type { Activation, NetworkBuilder } from './network-builder.js';
import { countOf, describeValue, type MatCell, type MatNumbers } from './value.js';

/** One cell of `net.layers`. */
export interface SimpleLayer {
  readonly name: string;
  readonly type: string;
  readonly fields: Fields;
  readonly params: readonly (MatNumbers | undefined)[];
}

/** The layers of a SimpleNN network in their order, which is that of execution. A layer without a name is called `layer<k>`, as MatConvNet does. */
export const simpleLayers = (layers: MatCell, source: string): readonly SimpleLayer[] =>
  Array.from({ length: countOf(layers) }, (_, i) => {
    const value = layers.at(i);
    if (value.kind !== 'struct') throw invalidNetworkFile(source, `layer ${i + 1} is ${describeValue(value)}; expected a structure`);
    const named = new Fields(source, `layer ${i + 1}`, value);
    const name = named.text('name') ?? `layer${i + 1}`;
    const type = named.text('type') ?? '(none)';
    const who = `layer ${i + 1} "${name}"`;
    if (!SIMPLENN_LAYERS.has(type)) throw unsupportedLayerType(source, who, type, [...SIMPLENN_LAYERS.keys()]);
    const fields = new Fields(source, `${who} (${type})`, value);
    return { name, type, fields, params: simpleParams(fields) };
  });

/** `weights`, or `filters` and `biases` as they were called up to 2015. */
const simpleParams = (fields: Fields): readonly (MatNumbers | undefined)[] => {
  if (fields.value('weights') === undefined) return [fields.numbers('filters'), fields.numbers('biases')];
  return fields.cells('weights').map((value, i) => fields.param(value, `weights{${i + 1}}`));
};

/** Adds all layers, one of ours for each of theirs; answers the output. */
export const addSimpleLayers = (layers: readonly SimpleLayer[], picture: Activation, network: NetworkBuilder): readonly LayerName[] => {
  const last = layers.reduce<Activation>((input, { name, type, fields, params }) => {
    const convert = SIMPLENN_LAYERS.get(type);
    if (convert === undefined) throw unsupportedLayerType(network.source, fields.who, type, [...SIMPLENN_LAYERS.keys()]);
    return convert({ name, fields, params, inputs: [input], network });
  }, picture);
  return [last.layer];
};
