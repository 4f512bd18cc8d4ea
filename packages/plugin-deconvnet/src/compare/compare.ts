import { defineVisualizer, type RunContext, type VisualizerEvent, type VisualizerFactory } from '@featurescope/core';
import type { Cell } from './cell.js';
import { cannotExplain } from './errors.js';
import { fill, type Work } from './fill.js';
import { methodsOf } from './methods.js';
import { type CompareOptions, compareOptions } from './options.js';
import { pagesOf } from './plan.js';
import { pageArtifacts } from './results.js';
import { canExplain, checkTargets } from './subject.js';

const NAME = 'compare';

/**
 * Methods beside each other on the same pictures, under the headings of Grün et al. 2016: methods × inputs, methods × layers, or methods ×
 * networks. Rows come from the visualizers at hand; `own` are at hand in every run.
 */
export const compareOf = (own: readonly VisualizerFactory[]) =>
  defineVisualizer({
    name: NAME,
    summary: 'a grid of methods and inputs, layers or networks, by kinds of methods',
    citation: {
      authors: 'F. Grün, C. Rupprecht, N. Navab, F. Tombari',
      title: 'A Taxonomy and Library for Visualizing Learned Features in Convolutional Neural Networks',
      year: 2016,
      url: 'https://arxiv.org/abs/1606.07757',
    },
    options: compareOptions,
    async *run(context: RunContext, options: CompareOptions): AsyncGenerator<VisualizerEvent> {
      for (const model of context.models) checkTargets(model, options);
      const kind = options.layers || options.layer !== undefined ? 'unit' : 'class';
      const all = methodsOf(context, own, options, NAME);
      const methods = all.filter(({ visualizer }) => canExplain(visualizer, kind));
      const others = all.filter((method) => !methods.includes(method)).map(({ name }) => name);
      if (methods.length === 0) throw cannotExplain(NAME, others);
      if (options.methods && others.length > 0) yield { type: 'warning', message: leftOut(others) };
      const pages = pagesOf(context, methods, options, NAME);

      const total = pages.reduce((sum, { places }) => sum + places.length * methods.length, 0);
      let done = 0;
      const progress = (label: string): VisualizerEvent => ({ type: 'progress', done: ++done, total, label });
      const work: Work = { context, methods, options, made: new Map() };
      const errors: unknown[] = [];
      for (const page of pages) {
        const filled = yield* fill(work, page, progress);
        errors.push(...filled.cells.flatMap(errorOf));
        // Where nothing could be shown at all there is nothing to compare.
        if (errors.length === total) throw errors[0];
        for await (const artifact of pageArtifacts(context.codec, page, methods, filled, options)) yield { type: 'artifact', artifact };
      }
    },
  });

const errorOf = ({ result }: Cell): unknown[] => (result.kind === 'failed' ? [result.error] : []);

const leftOut = (methods: readonly string[]): string =>
  `${methods.join(', ')}: left out, since ${methods.length === 1 ? 'it has' : 'they have'} no option for a layer.`;
