import type { Fields } from '../fields.js';
import type { Activation, NetworkBuilder } from '../network-builder.js';
import type { MatNumbers } from '../value.js';

/** One layer of a file with what feeds it. */
export interface LayerCall {
  readonly name: string;
  /** Options of the layer; their names are the same in SimpleNN and DagNN. */
  readonly fields: Fields;
  readonly inputs: readonly Activation[];
  /** Weights in the order of the type; undefined where one is left out or empty. */
  readonly params: readonly (MatNumbers | undefined)[];
  /** The same for layers that use the same parameters. */
  readonly key?: string;
  readonly network: NetworkBuilder;
}

/** Adds the layer that a type stands for. @throws FeaturescopeError naming the layer and the option that is not supported */
export type ConvertLayer = (call: LayerCall) => Activation;

/** The only input. */
export const oneInput = ({ inputs, fields }: LayerCall): Activation => {
  const [input] = inputs;
  if (input === undefined || inputs.length !== 1) throw fields.fail(`has ${inputs.length} inputs; expected one`);
  return input;
};
