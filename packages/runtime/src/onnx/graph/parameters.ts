import type { Weights } from '@featurescope/core';
import { missingWeight } from '../errors.js';
import type { GraphBuilder, Value } from './builder.js';
import { flat, type NdArray, ndArray, padded, permuted, reshaped, reversed } from './ndarray.js';

/** A weight, or something made from it by moving its numbers: known when the graph is built, or a value in the graph. */
export interface Parameter {
  readonly dims: readonly number[];
  readonly label: string;
  readonly array?: NdArray;
  readonly value?: Value;
}

/** Name of the graph input that a weight comes in by. */
export const weightInput = (name: string): string => `weight:${name}`;

/**
 * The weights of a network inside one graph: constants that are rearranged here, so that the runtime can pack them,
 * or (trainable) graph inputs that nodes rearrange.
 */
export class Parameters {
  readonly #graph: GraphBuilder;
  readonly #weights: Weights;
  readonly #trainable: boolean;

  constructor(graph: GraphBuilder, weights: Weights, trainable: boolean) {
    this.#graph = graph;
    this.#weights = weights;
    this.#trainable = trainable;
  }

  get(name: string): Parameter {
    const weight = this.#weights.get(name);
    if (weight === undefined) throw missingWeight(name);
    const { shape: dims, data } = weight;
    return this.#trainable
      ? { dims, label: name, value: this.#graph.input(weightInput(name), dims) }
      : { dims, label: name, array: ndArray(dims, data) };
  }

  /** The name of the parameter in the graph. */
  use({ dims, label, array, value }: Parameter): Value {
    return array ? this.#graph.floats(label, dims, () => flat(array)) : (value ?? '');
  }

  reshape(parameter: Parameter, dims: readonly number[]): Parameter {
    const label = `${parameter.label} as ${dims.join('x')}`;
    if (parameter.array) return { dims, label, array: reshaped(parameter.array, dims) };
    return { dims, label, value: this.#graph.op('Reshape', [parameter.value ?? '', this.#graph.ints(dims)]) };
  }

  transpose(parameter: Parameter, perm: readonly number[]): Parameter {
    const label = `${parameter.label} perm ${perm.join('')}`;
    const dims = perm.map((axis) => parameter.dims[axis] ?? 1);
    if (parameter.array) return { dims, label, array: permuted(parameter.array, perm) };
    return { dims, label, value: this.#graph.op('Transpose', [parameter.value ?? ''], { perm }) };
  }

  reverse(parameter: Parameter, axes: readonly number[]): Parameter {
    const label = `${parameter.label} reversed ${axes.join('')}`;
    const { dims } = parameter;
    const turned = axes.filter((axis) => (dims[axis] ?? 1) > 1);
    if (turned.length === 0) return parameter;
    if (parameter.array) return { dims, label, array: reversed(parameter.array, turned) };
    const g = this.#graph;
    const minus = turned.map(() => -1);
    const ends = turned.map((axis) => -(dims[axis] ?? 1) - 1);
    return { dims, label, value: g.op('Slice', [parameter.value ?? '', g.ints(minus), g.ints(ends), g.ints(turned), g.ints(minus)]) };
  }

  /** Appends zeros to each axis up to the given sizes. */
  pad(parameter: Parameter, dims: readonly number[]): Parameter {
    if (parameter.dims.every((size, axis) => size === dims[axis])) return parameter;
    const label = `${parameter.label} padded ${dims.join('x')}`;
    if (parameter.array) return { dims, label, array: padded(parameter.array, dims) };
    const g = this.#graph;
    const amounts = [...dims.map(() => 0), ...dims.map((size, axis) => size - (parameter.dims[axis] ?? 0))];
    return { dims, label, value: g.op('Pad', [parameter.value ?? '', g.ints(amounts)]) };
  }
}
