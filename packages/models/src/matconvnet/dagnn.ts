import type { LayerName } from '@featurescope/core';
import { inDagOrder } from './dag-order.js';
import { invalidNetworkFile, unsupportedLayerType } from './errors.js';
import { Fields } from './fields.js';
import { DAGNN_LAYERS } from './layers/index.js';
import type { Activation, NetworkBuilder } from './network-builder.js';
import { countOf, type MatNumbers, type MatStruct } from './value.js';

/** One element of `net.layers`. */
export interface DagLayer {
  readonly name: string;
  readonly type: string;
  /** Of its block. */
  readonly fields: Fields;
  /** Names of variables. */
  readonly inputs: readonly string[];
  readonly output: string;
  readonly params: readonly (MatNumbers | undefined)[];
  /** Of its parameters. */
  readonly key: string;
}

interface Param {
  readonly index: number;
  readonly value: MatNumbers | undefined;
}

/** A DagNN network: layers in an order of execution, and the variable that is the picture. */
export interface DagNet {
  readonly layers: readonly DagLayer[];
  readonly input: string;
}

/** Reads a saved DagNN. @throws FeaturescopeError naming the layer */
export const readDagNet = (net: Fields, layers: MatStruct): DagNet => {
  const { source } = net;
  const params = paramsOf(net);
  const read = Array.from({ length: countOf(layers) }, (_, i) => dagLayer(layers, i, params, source));
  const ordered = inDagOrder(read, source);
  const made = new Set(read.map(({ output }) => output));
  const free = [...new Set(ordered.flatMap(({ inputs }) => inputs.filter((name) => !made.has(name))))];
  const [input] = free;
  if (input === undefined || free.length > 1) {
    const names = free.slice(0, 10).map((name) => `"${name}"`);
    throw invalidNetworkFile(
      source,
      `it takes ${free.length} inputs${names.length > 0 ? ` (${names.join(', ')})` : ''}; expected one picture`,
    );
  }
  return { layers: ordered, input };
};

const paramsOf = (net: Fields): ReadonlyMap<string, Param> => {
  const params = net.value('params');
  if (params === undefined) return new Map();
  if (params.kind !== 'struct') throw net.fail('has params that are no structure');
  return new Map(
    Array.from({ length: countOf(params) }, (_, index) => {
      const fields = new Fields(net.source, `parameter ${index + 1}`, params, index);
      const value = fields.value('value');
      return [fields.text('name') ?? '', { index, value: value && fields.param(value, 'its value') }];
    }),
  );
};

const dagLayer = (layers: MatStruct, i: number, known: ReadonlyMap<string, Param>, source: string): DagLayer => {
  const named = new Fields(source, `layer ${i + 1}`, layers, i);
  const name = named.text('name') ?? `layer${i + 1}`;
  const type = named.text('type') ?? '(none)';
  const who = `layer ${i + 1} "${name}"`;
  if (!DAGNN_LAYERS.has(type)) throw unsupportedLayerType(source, who, type, [...DAGNN_LAYERS.keys()]);
  const outer = new Fields(source, `${who} (${type})`, layers, i);
  const params = outer.texts('params').map((param) => {
    const found = known.get(param);
    if (found === undefined) throw outer.fail(`takes the parameter "${param}", which does not exist`);
    return found;
  });
  const inputs = outer.texts('inputs');
  const [output, ...more] = outer.texts('outputs');
  if (output === undefined || more.length > 0)
    throw outer.fail(`has ${more.length + (output === undefined ? 0 : 1)} outputs; expected one`);
  return {
    name,
    type,
    fields: outer.inner('block') ?? outer,
    // The labels that a loss is taken of are no input of a network in use.
    inputs: isLoss(type) ? inputs.slice(0, 1) : inputs,
    output,
    params: params.map(({ value }) => value),
    key: params.map(({ index }) => index).join(),
  };
};

const isLoss = (type: string): boolean => type === 'dagnn.Loss';

/** Errors of classification are measured beside the prediction, and are no output. */
const isMeasure = ({ type, fields }: DagLayer): boolean => isLoss(type) && (fields.text('loss') ?? '').endsWith('error');

/** Adds all layers, one of ours for each of theirs; answers those that feed no other. */
export const addDagLayers = ({ layers, input }: DagNet, picture: Activation, network: NetworkBuilder): readonly LayerName[] => {
  const values = new Map<string, Activation>([[input, picture]]);
  const used = new Set<string>();
  for (const layer of layers) {
    const { name, type, fields, params, key } = layer;
    const convert = DAGNN_LAYERS.get(type);
    if (convert === undefined) throw unsupportedLayerType(network.source, fields.who, type, [...DAGNN_LAYERS.keys()]);
    const inputs = layer.inputs.flatMap((variable) => values.get(variable) ?? []);
    values.set(layer.output, convert({ name, fields, params, inputs, network, ...(key !== '' && { key: `${type} ${key}` }) }));
    if (!isMeasure(layer)) for (const variable of layer.inputs) used.add(variable);
  }
  return layers.flatMap((layer) => (used.has(layer.output) || isMeasure(layer) ? [] : (values.get(layer.output)?.layer ?? [])));
};
