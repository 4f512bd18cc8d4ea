import type { Objective, ObjectiveTerm } from './objective.js';

/** What `defineObjective` takes: a term, which has weight 1 unless another is given. */
export type ObjectiveDefinition = Omit<ObjectiveTerm, 'weight'> & { readonly weight?: number };

/** An objective of one term, ready to be added, subtracted and scaled. */
export const defineObjective = (definition: ObjectiveDefinition): Objective =>
  objectiveOf(definition.name, [{ ...definition, weight: definition.weight ?? 1 }]);

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
