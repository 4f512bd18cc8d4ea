import '@tensorflow/tfjs';
import { type Artifact, defineVisualizer, type Image } from '@featurescope/core';
import { arrayInput, testContext, tinyModel } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { artifactsOf } from '../../src/attribution/artifacts.js';
import { attributionVisualizer } from '../../src/attribution/attribution-visualizer.js';
import { wave } from '../support/run.js';

const SHAPE = [12, 10, 3] as const;
const attribution = { label: 'a wave', values: wave(SHAPE), shape: SHAPE };

describe('the artifacts of an attribution', () => {
  it('begin with the numbers, which are handed over though no picture can be made of the input', async () => {
    const model = await tinyModel();
    const planned = new Error('planned');
    const seen: Artifact[] = [];
    const all = async (): Promise<void> => {
      for await (const artifact of artifactsOf(attribution, { input: 'in', spec: model.input, picture: () => Promise.reject(planned) }))
        seen.push(artifact);
    };
    await expect(all()).rejects.toBe(planned);
    expect(seen.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['tensor attribution']);
    model.dispose();
  });

  it('share one picture of the input, which is made when it is first wanted and written once', async () => {
    const model = await tinyModel();
    const pictures: Promise<Image>[] = [];
    const twice = attributionVisualizer({
      name: 'twice',
      summary: 'two attributions of one input',
      citation: { authors: '', title: '', year: 2000 },
      options: z.strictObject({}),
      prepare: () =>
        async function* ({ shown }) {
          for (const channel of [0, 1]) {
            yield { type: 'attribution', attribution: { ...attribution, unit: { channel } } };
            pictures.push(shown());
          }
        },
    });
    const { visualizer, options } = defineVisualizer(twice.visualizer)();
    const names: string[] = [];
    const context = testContext({ model, inputs: [arrayInput('array', SHAPE, wave(SHAPE))] });
    for await (const event of visualizer.run(context, options as never)) if (event.type === 'artifact') names.push(event.artifact.name);
    expect(names.filter((name) => name === 'attribution')).toHaveLength(2);
    expect(names.filter((name) => name === 'input')).toHaveLength(1);
    expect(await pictures[0]).toBe(await pictures[1]);
    expect(await pictures[0]).toMatchObject({ width: 10, height: 12 });
    model.dispose();
  });
});
