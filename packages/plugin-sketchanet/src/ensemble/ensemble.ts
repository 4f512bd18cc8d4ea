import type { Model, RunContext } from '@featurescope/core';
import { z } from 'zod';
import type { Fold } from '../training/collection.js';
import { differentClasses, differentFolds, differentSplits, noClassNames, noSplit } from './errors.js';

/** The bundled networks, from the finest scale to the coarsest. */
export const BUNDLED_ENSEMBLE = ['sketchanet-128', 'sketchanet-96', 'sketchanet-64', 'sketchanet-32'] as const;

/** Networks with the same classes in the same order, and what they were not trained on. */
export interface Ensemble {
  readonly members: readonly Model[];
  readonly classes: readonly string[];
  /** How their drawings were split, where their files tell. */
  readonly split?: Fold;
}

/** Networks that were not trained on the same part of the drawings. */
export interface FoldMembers {
  readonly split: Fold;
  readonly members: readonly Model[];
}

const split = z.object({ training: z.object({ data: z.object({ folds: z.int().min(2), fold: z.int().min(1) }) }) });

/** Which part of the drawings a network was not trained on, as its file tells. */
export function splitOf({ details }: Pick<Model, 'details'>): Fold | undefined {
  const parsed = split.safeParse(details);
  if (!parsed.success) return undefined;
  const { folds, fold } = parsed.data.training.data;
  return { folds, fold };
}

/** Loads networks by name or file. @throws FeaturescopeError when one cannot be read, has no class names, or they do not go together */
export async function loadEnsemble(
  context: Pick<RunContext, 'loadModel'>,
  sources: readonly string[],
  visualizer: string,
): Promise<Ensemble> {
  const { members, classes } = await loadMembers(context, sources, visualizer);
  const [first] = members;
  const known = first && splitOf(first);
  for (const member of members) {
    const own = splitOf(member);
    if (own?.fold !== known?.fold || own?.folds !== known?.folds) throw differentSplits(visualizer, first?.name ?? '', member.name);
  }
  return { members, classes, ...(known && { split: known }) };
}

/**
 * Networks with the same classes in the same order, whatever they were trained on.
 * @throws FeaturescopeError when one cannot be read or has no class names, or they differ
 */
export async function loadMembers(
  { loadModel }: Pick<RunContext, 'loadModel'>,
  sources: readonly string[],
  visualizer: string,
): Promise<{ readonly members: readonly Model[]; readonly classes: readonly string[] }> {
  const members: Model[] = [];
  for (const source of sources) members.push(await loadModel(source));
  const [first] = members;
  const classes = first?.labels;
  if (!first || !classes) throw noClassNames(visualizer, first?.name ?? 'none');
  for (const member of members)
    if (JSON.stringify(member.labels) !== JSON.stringify(classes)) throw differentClasses(visualizer, first.name, member.name);
  return { members, classes };
}

/**
 * Networks by the part of the drawings that they were not trained on, in the order of the parts; `otherwise` is that of networks whose
 * files do not tell. @throws FeaturescopeError when it is known of one in neither way, or their drawings were split into other numbers of parts
 */
export function membersByFold(members: readonly Model[], visualizer: string, otherwise?: Fold): readonly FoldMembers[] {
  const known = members.map((member) => {
    const own = splitOf(member) ?? otherwise;
    if (!own) throw noSplit(visualizer, member.name);
    return { member, ...own };
  });
  const [first] = known;
  const other = known.find(({ folds }) => folds !== first?.folds);
  if (first && other) throw differentFolds(visualizer, [first.member.name, first.folds], [other.member.name, other.folds]);
  const parts = [...new Set(known.map(({ fold }) => fold))].sort((a, b) => a - b);
  return parts.map((fold) => ({
    split: { folds: first?.folds ?? 0, fold },
    members: known.flatMap((own) => (own.fold === fold ? [own.member] : [])),
  }));
}
