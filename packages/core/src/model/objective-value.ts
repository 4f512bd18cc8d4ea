import type { Objective } from '../objectives/objective.js';
import type { ObjectiveValue } from './model.js';

/** What a term comes to: for each picture where it has a closed form, else for the batch. */
export type TermValue = { readonly total: number; readonly perPicture?: Float32Array };

export const summedUp = (perPicture: Float32Array): TermValue => ({ total: perPicture.reduce((sum, value) => sum + value, 0), perPicture });

/** Σ weight · term, and the terms by name. */
export function objectiveValue({ terms }: Objective, values: ReadonlyMap<string, TermValue>): ObjectiveValue {
  const totalOf = (name: string): number => values.get(name)?.total ?? 0;
  return {
    value: terms.reduce((sum, { name, weight }) => sum + weight * totalOf(name), 0),
    terms: new Map(terms.map(({ name }) => [name, totalOf(name)])),
    perPicture: new Map(
      terms.flatMap(({ name }) => {
        const perPicture = values.get(name)?.perPicture;
        return perPicture ? [[name, perPicture] as const] : [];
      }),
    ),
  };
}
