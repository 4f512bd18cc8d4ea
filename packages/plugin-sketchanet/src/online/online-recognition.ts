import { defineVisualizer, type RunContext, type VisualizerEvent } from '@featurescope/core';
import { drawingsOf } from '../drawings-of.js';
import { loadEnsemble } from '../ensemble/ensemble.js';
import type { RecurrentNetwork } from '../recurrent/network.js';
import { aboutAbsent, type Collection } from '../training/collection.js';
import { courseOf } from './course.js';
import { nothingGiven } from './errors.js';
import { keptArtifacts, keptNetworks } from './kept.js';
import { type OnlineOptions, onlineOptions } from './options.js';
import { createProgress, type Progress } from './progress.js';
import { type CourseRows, courseArtifacts, courseRows, courseTable, studyArtifacts } from './results.js';
import { type Setting, settingOf } from './setting.js';
import type { Sides } from './sides.js';
import { openSides, studied, workOf } from './study.js';
import { aboutSplit, withoutEffect } from './without-effect.js';

const NAME = 'online-recognition';

/** Recognition of drawings that are not finished, by recurrent networks on features of sketch networks. */
export const onlineRecognition = defineVisualizer({
  name: NAME,
  summary: 'what networks make of a drawing while it grows, and how well a GRU and an LSTM recognise unfinished drawings',
  citation: {
    authors: 'R. K. Sarvadevabhatla, J. Kundu, R. V. Babu',
    title: 'Enabling My Robot To Play Pictionary: Recurrent Neural Networks For Sketch Recognition',
    year: 2016,
    url: 'https://arxiv.org/abs/1608.03369',
  },
  options: onlineOptions,
  needsInputs: false,
  async *run(context: RunContext, options: OnlineOptions): AsyncGenerator<VisualizerEvent> {
    context.signal.throwIfAborted();
    if (!context.dataset && context.inputs.length === 0) throw nothingGiven();
    const drawings = await drawingsOf(context, NAME);
    const ensemble = await loadEnsemble(context, options.ensemble, NAME);
    try {
      const setting = settingOf(ensemble, options);
      for (const message of [...withoutEffect(context, options, setting), ...aboutSplit(context, setting)])
        yield { type: 'warning', message };
      yield* recognised(context, setting, options, drawings);
    } finally {
      for (const member of ensemble.members) member.dispose();
    }
  },
});

const classesIn = ({ training, heldOut }: Sides, { ensemble }: Setting): Collection => ({
  classes: ensemble.classes,
  examples: [...training.examples, ...heldOut.examples],
});

type Given = Awaited<ReturnType<typeof drawingsOf>>;

async function* recognised(
  context: RunContext,
  setting: Setting,
  options: OnlineOptions,
  drawings: Given,
): AsyncGenerator<VisualizerEvent> {
  const kept = options.recurrent === undefined ? undefined : await keptNetworks(context, options.recurrent, setting);
  const sides = context.dataset && (await openSides(context.dataset, setting, options));
  for (const message of sides ? aboutAbsent(classesIn(sides, setting)) : []) yield { type: 'warning', message };
  const toStudy = sides ? workOf(setting, sides, options, kept === undefined) : 0;
  const progress = createProgress(toStudy + drawings.length * setting.ensemble.members.length);
  let recurrent = kept ?? [];
  if (sides) {
    const study = yield* studied(context, setting, sides, options, progress, kept);
    recurrent = study.recurrent;
    for (const artifact of [...studyArtifacts(setting, study), ...(kept ? [] : keptArtifacts(setting, recurrent))])
      yield { type: 'artifact', artifact };
  }
  yield* animated(context, setting, options, { drawings, recurrent, progress });
}

interface Scene {
  readonly drawings: Given;
  readonly recurrent: readonly RecurrentNetwork[];
  readonly progress: Progress;
}

async function* animated(
  context: RunContext,
  setting: Setting,
  options: OnlineOptions,
  { drawings, recurrent, progress }: Scene,
): AsyncGenerator<VisualizerEvent> {
  const rows: CourseRows[] = [];
  for (const { input, drawing } of drawings) {
    const course = courseOf(context, setting, recurrent, input.name, drawing);
    let step = await course.next();
    for (; !step.done; step = await course.next()) yield progress.add(1, input.name);
    for (const artifact of courseArtifacts(setting, step.value, options)) {
      yield { type: 'artifact', artifact };
      context.signal.throwIfAborted();
    }
    rows.push(courseRows(step.value));
  }
  if (rows.length > 0) yield { type: 'artifact', artifact: courseTable(rows) };
}
