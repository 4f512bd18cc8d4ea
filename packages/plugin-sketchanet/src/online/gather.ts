import type { Rows } from '@featurescope/core';
import { featureLayer } from '../ensemble/readings.js';
import type { Journal } from './journal.js';
import { readSteps, type Setting } from './setting.js';
import type { Side, Sides } from './sides.js';

/** Drawings that are read together; does not change what is read. */
export const DRAWINGS_AT_ONCE = 8;

/** One network that reads one side. */
interface Job {
  readonly side: keyof Sides;
  readonly member: number;
  readonly scores: boolean;
  readonly features: boolean;
}

/** What has to be read: features for those that get them, scores where they are tested. */
export function jobsOf({ ensemble, features }: Pick<Setting, 'ensemble' | 'features'>, trains: boolean, uses: boolean): readonly Job[] {
  const gets = (member: number): boolean => uses && features.includes(member);
  const all = [...ensemble.members.keys()];
  return [
    ...all.flatMap((member): readonly Job[] =>
      trains && gets(member) ? [{ side: 'training', member, scores: false, features: true }] : [],
    ),
    ...all.map((member): Job => ({ side: 'heldOut', member, scores: true, features: gets(member) })),
  ];
}

/** Drawings read in all jobs together. */
export const readingCount = (jobs: readonly Job[], sides: Sides): number =>
  jobs.reduce((sum, { side }) => sum + sides[side].examples.length, 0);

const nameOf = (side: keyof Sides, member: number, what: 'scores' | 'features'): string => `${side}/${member}/${what}`;

/**
 * Shows the networks all drawings after each of their steps, from where the journal ends, and writes what they make of them into it; tells after
 * each batch. Needs memory of 4 bytes for each feature and step.
 */
export async function* gather(
  setting: Setting,
  sides: Sides,
  jobs: readonly Job[],
  journal: Journal,
  signal: AbortSignal,
  atOnce = DRAWINGS_AT_ONCE,
): AsyncGenerator<{ readonly label: string }> {
  let before = 0;
  for (const { side, member, ...wanted } of jobs) {
    const model = setting.ensemble.members[member];
    const { examples, starts } = sides[side];
    for (let first = Math.max(0, journal.read - before); model && first < examples.length; first += atOnce) {
      signal.throwIfAborted();
      const drawings = examples.slice(first, first + atOnce).map(({ drawing }) => drawing);
      const found = await readSteps(model, drawings, setting.steps, signal);
      for (const what of ['scores', 'features'] as const)
        if (wanted[what]) {
          const { columns, data } = found[what];
          rowsIn(journal, nameOf(side, member, what), (starts.at(-1) ?? 0) * columns).set(data, (starts[first] ?? 0) * columns);
        }
      journal.read = before + first + drawings.length;
      yield { label: `${model.name} looks at drawings` };
    }
    before += examples.length;
  }
}

function rowsIn({ rows }: Journal, name: string, length: number): Float32Array {
  const known = rows.get(name) ?? new Float32Array(length);
  rows.set(name, known);
  return known;
}

/** What a network made of a side, [all steps of all drawings, classes or units]. */
export function gathered(setting: Setting, journal: Journal, side: keyof Sides, member: number, what: 'scores' | 'features'): Rows {
  const model = setting.ensemble.members[member];
  const layer = model && (what === 'scores' ? model.logits : featureLayer(model));
  const columns = model?.layers.find(({ name }) => name === layer)?.outputShape[2] ?? 0;
  return { columns, data: journal.rows.get(nameOf(side, member, what)) ?? new Float32Array() };
}

/** Rows of each drawing for itself: views. */
export const perDrawing = ({ columns, data }: Rows, { examples, starts }: Side): readonly Rows[] =>
  examples.map((_, i) => ({ columns, data: data.subarray((starts[i] ?? 0) * columns, (starts[i + 1] ?? 0) * columns) }));
