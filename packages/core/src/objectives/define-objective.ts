import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { closedForm } from '../execution/closed-form.js';
import type { SeedTerm } from '../execution/seed.js';
import type { Objective, ObjectiveTerm } from './objective.js';

/** What `defineObjective` takes: a term, which has weight 1 unless another is given; where it has a closed form, that says all the rest. */
export type ObjectiveDefinition = { readonly weight?: number } & (
  | Omit<ObjectiveTerm, 'weight'>
  | (Required<Pick<ObjectiveTerm, 'name' | 'seed'>> & { readonly value?: undefined })
);

/** An objective of one term, ready to be added, subtracted and scaled. */
export function defineObjective({ weight = 1, ...definition }: ObjectiveDefinition): Objective {
  if (definition.value) return objectiveOf(definition.name, [{ ...definition, weight }]);
  const { name, seed } = definition;
  return objectiveOf(name, [{ name, weight, layers: [seed.layer], value: (at) => closedValue(seed, at(seed.layer)), seed }]);
}

/** A closed form summed over the batch, differentiable by its own derivative. */
function closedValue(seed: Omit<SeedTerm, 'weight'>, activation: Tensor4D): Scalar {
  const value = tf.customGrad((a, save) => {
    (save as tf.GradSaveFunc)([a as Tensor4D]);
    const derivative = (at: Tensor4D): Tensor4D => closedForm(seed, at).derivative();
    return {
      value: tf.sum(closedForm(seed, a as Tensor4D).value),
      gradFunc: (dy, saved) => tf.mul(derivative((saved as tf.Tensor[])[0] as Tensor4D), dy),
    };
  });
  return value(activation) as Scalar;
}

/** Σ objectives. */
export const sum = (objectives: readonly Objective[]): Objective =>
  objectives.length === 1 && objectives[0]
    ? objectives[0]
    : objectiveOf(
        objectives.map(({ name }) => name).join(' + ') || '0',
        objectives.flatMap(({ terms }) => terms),
      );

/** Σ objectives / n. */
export const mean = (objectives: readonly Objective[]): Objective => sum(objectives).times(1 / Math.max(objectives.length, 1));

function objectiveOf(name: string, terms: readonly ObjectiveTerm[]): Objective {
  const objective: Objective = {
    name,
    terms: Object.freeze(withUniqueNames(terms).map((term) => Object.freeze(term))),
    plus: (other) => objectiveOf(`${name} + ${other.name}`, [...terms, ...other.terms]),
    minus: (other) => objectiveOf(`${name} − ${grouped(other.name)}`, [...terms, ...scaled(other.terms, -1)]),
    times: (factor) => objectiveOf(`${numeral(factor)} · ${grouped(name)}`, scaled(terms, factor)),
  };
  return Object.freeze(objective);
}

const scaled = (terms: readonly ObjectiveTerm[], factor: number): ObjectiveTerm[] =>
  terms.map((term) => ({ ...term, weight: term.weight * factor }));

const grouped = (name: string): string => (/ [+−] /.test(name) ? `(${name})` : name);

const numeral = (factor: number): string => String(Number(factor.toPrecision(6))).replace('-', '−');

/** Numbers the second and later terms of one name, so that each has a metric series of its own. */
function withUniqueNames(terms: readonly ObjectiveTerm[]): readonly ObjectiveTerm[] {
  const taken = new Set<string>();
  return terms.map((term) => {
    const base = term.name.replace(/ \(\d+\)$/, '');
    let name = base;
    for (let i = 2; taken.has(name); i++) name = `${base} (${i})`;
    taken.add(name);
    return name === term.name ? term : { ...term, name };
  });
}
