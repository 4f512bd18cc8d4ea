import type { BackwardPolicy, Layer, Network, Weights } from '@featurescope/core';
import { type Array4, type ReferencePass, referenceBackward, referenceForward, type Shape4 } from '@featurescope/core/testing';

type Loose<L> = L extends Layer ? Omit<L, 'name' | 'inputs'> : never;

/** A network of one layer, `layer`. */
export const oneLayer = (layer: Loose<Layer>, channels: number, weights: Weights = new Map()): Network => ({
  input: { name: 'input', shape: [null, null, channels] },
  layers: [{ ...layer, name: 'layer', inputs: ['input'] }],
  outputs: ['layer'],
  weights,
});

export const array = (shape: Shape4, numbers: readonly number[]): Array4 => ({ shape, data: Float64Array.from(numbers) });

/** What one layer gives. */
export const outputOf = (network: Network, input: Array4): Array4 => valueAt(referenceForward(network, input), 'layer');

function valueAt(pass: ReferencePass, name: string): Array4 {
  const value = pass.values.get(name);
  if (!value) throw new Error(`"${name}" was not computed`);
  return value;
}

/** The signal below one layer, for a signal at its output. */
export const signalBelow = (network: Network, input: Array4, signal: readonly number[], policy: BackwardPolicy): readonly number[] => {
  const pass = referenceForward(network, input);
  const { shape } = valueAt(pass, 'layer');
  return [...referenceBackward(pass, new Map([['layer', array(shape, signal)]]), policy).data];
};
