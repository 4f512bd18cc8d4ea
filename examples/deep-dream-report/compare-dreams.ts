import { defineVisualizer, linePlot, type ResumableState } from '@featurescope/core';
import { dream } from 'featurescope';
import { z } from 'zod';

const { visualizer } = dream;
/** Each dream begins anew. */
const forgetful: ResumableState = { save: async () => undefined, load: async () => undefined };

/** Several dreams on the same picture, with the growth of their objectives in one plot. */
export const compareDreams = defineVisualizer({
  name: 'compare-dreams',
  summary: 'several dreams, with the growth of their objectives in one plot',
  options: z.strictObject({
    dreams: z.record(z.string(), visualizer.options).describe('options of each dream, by the name that its line and its picture get'),
    logarithmic: z.boolean().default(false).describe('whether the vertical axis of the plot is logarithmic'),
  }),
  async *run(context, { dreams, logarithmic }) {
    const series = Object.keys(dreams).map((name) => ({ name, points: [] as [number, number][] }));
    for (const [i, options] of Object.values(dreams).entries()) {
      const { name = '', points = [] } = series[i] ?? {};
      for await (const event of visualizer.run({ ...context, state: forgetful }, options)) {
        if (event.type === 'metric') {
          points.push([event.step, event.value]);
          yield { ...event, series: name };
        } else if (event.type === 'artifact' && event.artifact.kind === 'image' && event.artifact.name === 'image')
          yield { ...event, artifact: { ...event.artifact, name } };
        else if (event.type === 'warning') yield event;
      }
      yield { type: 'progress', done: i + 1, total: series.length, label: name };
    }
    const plot = linePlot({ title: 'Growth of the objective', xLabel: 'iteration', yLabel: '‖a‖²', series, logY: logarithmic });
    yield { type: 'artifact', artifact: { kind: 'plot', name: 'growth', plot } };
  },
});
