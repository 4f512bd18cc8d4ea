import { defineVisualizer, type RunContext, type VisualizerEvent } from '@featurescope/core';
import { noDataset, noLabels } from '../errors.js';
import { studyArtifacts } from './artifacts.js';
import { type AblationOptions, ablationOptions } from './options.js';
import { builtVariants, openPictures, studied } from './study.js';
import { variantsOf } from './variants.js';
import { withoutEffect } from './without-effect.js';

/** Trains variants of a network under one protocol and compares their errors. */
export const ablation = defineVisualizer({
  name: 'ablation',
  summary: 'what a network loses without some of its layers, or with other sizes of them: variants trained alike, with several seeds',
  citation: {
    authors: 'M. D. Zeiler, R. Fergus',
    title: 'Visualizing and Understanding Convolutional Networks',
    year: 2014,
    url: 'https://arxiv.org/abs/1311.2901',
  },
  options: ablationOptions,
  needsInputs: false,
  async *run(context: RunContext, options: AblationOptions): AsyncGenerator<VisualizerEvent> {
    context.signal.throwIfAborted();
    if (!context.dataset) throw noDataset('ablation');
    if (context.dataset.labels.length === 0) throw noLabels('ablation', context.dataset.name);
    const wanted = variantsOf(options);
    // Wrong options are found before the pictures are read.
    builtVariants(context, options, { classes: context.dataset.labels });
    const pictures = yield* openPictures(context, options, wanted.length);
    const variants = builtVariants(context, options, pictures.training);
    for (const message of withoutEffect(options, variants, pictures)) yield { type: 'warning', message };
    const study = yield* studied(context, options, variants, pictures);
    for (const artifact of studyArtifacts(study, options)) {
      yield { type: 'artifact', artifact, ...(artifact.kind === 'table' && artifact.name === 'ablation' && { replaces: true }) };
      context.signal.throwIfAborted();
    }
  },
});
