import { decide } from '@featurescope/core';
import type { FoldReadings } from './fold.js';
import { type FusionSettings, fuse } from './methods.js';
import type { FusionName } from './options.js';
import type { FoldPlan } from './plan.js';
import { type Verdict, verdict } from './pooled.js';

export interface FoldVerdicts {
  /** Of each network. */
  readonly members: readonly Verdict[];
  /** Of each method. */
  readonly fused: readonly Verdict[];
}

/** Decides on the held-out drawings of a fold by each network and each method; gives the name of each method that is done. */
export async function* foldVerdicts(
  { sides, networks }: FoldPlan,
  readings: FoldReadings,
  methods: readonly FusionName[],
  settings: FusionSettings,
): AsyncGenerator<FusionName, FoldVerdicts> {
  const { split, heldOut } = sides;
  const members = networks.flatMap(({ name }, m) => {
    const scores = readings.probabilities[m];
    return scores ? [verdict(name, split.fold, heldOut, decide(scores))] : [];
  });
  const fused: Verdict[] = [];
  for (const method of methods) {
    const { decided, note } = await fuse(method, readings, settings);
    fused.push(verdict(method, split.fold, heldOut, decided, note));
    yield method;
    settings.signal.throwIfAborted();
  }
  return { members, fused };
}
