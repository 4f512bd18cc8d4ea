import type { RunContext } from '@featurescope/core';
import { foldReadings, type ViewCounts } from '../fusing/fold.js';
import { foldVerdicts } from '../fusing/fold-verdicts.js';
import { chosenJointBayesian } from '../fusing/joint-bayesian.js';
import type { FusionSettings } from '../fusing/methods.js';
import { pooled, type Verdict } from '../fusing/pooled.js';
import type { Contenders } from './contenders.js';
import { placesOf, type RowsOfAll, restrictedVerdict, type SvmQuestion, scoresVerdict, svmSettings, svmVerdict } from './decide.js';
import type { BenchmarkOptions } from './options.js';
import { PUBLISHED, publishedFor } from './published.js';
import type { dealt, Showings } from './readings.js';
import { KINDS, kindOf, type Standing, standing } from './standing.js';

/** All that decisions are made from. */
export interface Evidence {
  readonly contenders: Contenders;
  readonly showings: Showings;
  readonly answers: ReturnType<typeof dealt>;
  readonly hog: RowsOfAll;
  readonly counts: ViewCounts;
}

/** Decisions that take their time, for the progress. */
export const decisionSteps = ({ sides, plan, extractor }: Contenders): number => sides.size * (extractor ? 2 : 1) + plan.folds.length;

const FUSED = ['mean', 'joint-bayesian'] as const;

/** Every row of the table, folds pooled; gives the name of each decision that took its time. */
export async function* standings(
  context: RunContext,
  options: BenchmarkOptions,
  evidence: Evidence,
): AsyncGenerator<string, readonly Standing[]> {
  const all = [
    ...(yield* svmStandings(context, options, evidence)),
    ...rivalStandings(evidence),
    ...(yield* ensembleStandings(context, options, evidence)),
    ...strangerStandings(evidence),
  ];
  return all.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

async function* svmStandings(
  context: RunContext,
  { c }: BenchmarkOptions,
  { contenders, showings, answers, hog }: Evidence,
): AsyncGenerator<string, readonly Standing[]> {
  const { sides, plan, extractor } = contenders;
  const settings = svmSettings(context, plan.classes.length, c);
  const questions: (SvmQuestion & { readonly published: number })[] = [
    { name: 'HOG + SVM', all: hog, scaled: false, note: '', published: PUBLISHED.hog },
  ];
  const rows = answers.extractor[0]?.[0];
  if (extractor && rows) {
    const all = { rows, places: placesOf(showings.extractor[0]?.examples ?? []) };
    const note = `layer ${extractor.layer}; published with AlexNet of ImageNet`;
    questions.push({ name: `${extractor.name} features + SVM`, all, scaled: true, note, published: PUBLISHED.features });
  }
  const found: Standing[] = [];
  for (const { published, ...question } of questions) {
    const parts: Verdict[] = [];
    for (const own of sides.values()) {
      parts.push(await svmVerdict(question, own, settings));
      yield question.name;
    }
    found.push(...pooled(parts).map((one) => standing('baseline', one, published)));
  }
  return found;
}

function rivalStandings({ contenders, answers, counts }: Evidence): readonly Standing[] {
  const { rivals, sides } = contenders;
  const parts = rivals.flatMap(({ name, fold }, i) => {
    const [scores, own] = [answers.rivals[i]?.[0], sides.get(fold)];
    return scores && own ? [scoresVerdict(name, own, scores, counts.views)] : [];
  });
  return pooled(parts).map((one) => {
    const rival = rivals.find(({ name }) => name === one.name);
    return standing(kindOf(rival?.architecture), one, publishedFor(rival?.architecture));
  });
}

async function* ensembleStandings(
  context: RunContext,
  options: BenchmarkOptions,
  { contenders, answers, counts }: Evidence,
): AsyncGenerator<string, readonly Standing[]> {
  const { folds, classes } = contenders.plan;
  const settings: FusionSettings = {
    jointBayesian: chosenJointBayesian(options),
    random: context.random,
    signal: context.signal,
  };
  const [members, fused]: [Verdict[], Verdict[]] = [[], []];
  for (const [i, fold] of folds.entries()) {
    const readings = foldReadings(answers.ensemble[i] ?? [], fold.sides, classes.length, counts);
    const deciding = foldVerdicts(fold, readings, FUSED, settings);
    let step = await deciding.next();
    for (; !step.done; step = await deciding.next()) if (step.value === 'joint-bayesian') yield `ensemble: ${step.value}`;
    members.push(...step.value.members);
    fused.push(...step.value.fused);
  }
  return [
    ...pooled(members).map((one) => standing('one Sketch-a-Net', one)),
    ...pooled(fused).map((one) =>
      standing('ensemble', { ...one, name: `ensemble: ${one.name}` }, one.name === 'joint-bayesian' ? PUBLISHED.jointBayesian : undefined),
    ),
  ];
}

const UNKNOWN = 'trained on drawings that are not known, these perhaps among them; 1 view';

function strangerStandings({ contenders, showings, answers }: Evidence): readonly Standing[] {
  const { strangers, sides } = contenders;
  return strangers.flatMap(({ name, model, columns }, i) => {
    const rows = answers.strangers[i]?.[0];
    if (!rows) return [];
    const all = { rows, places: placesOf(showings.strangers[i]?.examples ?? []) };
    const note = `${columns.length} of its ${model.labels?.length ?? 0} classes; ${UNKNOWN}`;
    const parts = [...sides.values()].map((own) => restrictedVerdict(name, own, all, columns, note));
    return pooled(parts).map((one) => standing('trained by others', one));
  });
}
