import type { BackwardPolicy } from '../../execution/policy.js';
import type { Layer } from '../../network/layer.js';
import { type Array4, get } from './array4.js';

/** One layer with everything that its output depends on. */
export interface LayerCall<L extends Layer> {
  readonly layer: L;
  readonly inputs: readonly Array4[];
  /** Values of a weight by parameter, for example `kernel`. */
  readonly parameter: (name: string) => ArrayLike<number>;
  /** Factors for a dropout layer. */
  readonly dropout?: Array4;
}

/** What one kind of layer does, forward and backward. */
export interface Rule<L extends Layer> {
  readonly forward: (call: LayerCall<L>) => Array4;
  /** Signals at the inputs, one for each, from the signal at the output. */
  readonly backward: (call: LayerCall<L>, signal: Array4, policy: BackwardPolicy) => readonly Array4[];
  /** Gradients of the trainable weights by parameter. */
  readonly weightGradient?: (call: LayerCall<L>, signal: Array4) => Readonly<Record<string, Float64Array>>;
}

/** The only input of a layer that takes one. */
export const inputOf = (call: LayerCall<Layer>): Array4 => {
  const [input] = call.inputs;
  if (!input) throw new Error(`reference: layer "${call.layer.name}" has no input`);
  return input;
};

/** Sums what is computed of each number over everything but channels. */
export const sumOverChannels = (array: Array4, value: (signal: number, index: number, channel: number) => number): Float64Array => {
  const channels = array.shape[3];
  const total = new Float64Array(channels);
  array.data.forEach((signal, index) => {
    const channel = index % channels;
    total[channel] = get(total, channel) + value(signal, index, channel);
  });
  return total;
};
