import {
  defineVisualizer,
  type Input,
  type LayerName,
  type Model,
  type RunContext,
  type Shape,
  type VisualizerEvent,
} from '@featurescope/core';
import { fillColour } from '../correspondence/baseline.js';
import { checkAmounts, transformationsOf } from './amounts.js';
import { comparedLayers } from './layers.js';
import { measurements, type Original } from './measure.js';
import { type InvarianceOptions, invarianceOptions } from './options.js';
import { type InputResult, invarianceArtifacts, type Measured } from './results.js';
import { loadResults, saveResults } from './state.js';
import { stripOf } from './strip.js';

/** What moving, scaling and turning a picture does to its features and to the probability of its class (Zeiler & Fergus, arXiv:1311.2901, figure 5). */
export const invariance = defineVisualizer({
  name: 'invariance',
  summary: 'what translation, scale and rotation of a picture do to its features and its class',
  citation: {
    authors: 'M. D. Zeiler, R. Fergus',
    title: 'Visualizing and Understanding Convolutional Networks (arXiv version)',
    year: 2013,
    url: 'https://arxiv.org/abs/1311.2901',
  },
  options: invarianceOptions,
  async *run(context: RunContext, options: InvarianceOptions): AsyncGenerator<VisualizerEvent> {
    const { model, inputs, signal, state } = context;
    const question: Question = {
      options,
      layers: comparedLayers(model, options.layers),
      ...(options.class === undefined ? {} : { class: model.classIndex(options.class) }),
    };
    checkAmounts(options);
    const results = await loadResults(state);
    for (const [index, input] of inputs.entries()) {
      signal.throwIfAborted();
      const isDone = results.some((result) => result.input === input.name);
      if (!isDone) {
        results.push(yield* answered(context, question, input, index));
        await saveResults(state, results);
      }
      if (isDone) yield { type: 'progress', done: index + 1, total: inputs.length, label: input.name };
    }
    for (const artifact of invarianceArtifacts(results, question.layers, model.labels)) yield { type: 'artifact', artifact };
  },
});

interface Question {
  readonly options: InvarianceOptions;
  readonly layers: readonly LayerName[];
  readonly class?: number;
}

async function* answered(
  { model: given, inputs, signal: abort }: RunContext,
  { options, ...question }: Question,
  input: Input,
  index: number,
): AsyncGenerator<VisualizerEvent, InputResult> {
  const original = await originalOf(given, input, options);
  const { shape } = original;
  const transformations = transformationsOf(options, [shape[0], shape[1]]);
  const image = stripOf(original, transformations, given.input);
  yield {
    type: 'artifact',
    artifact: {
      kind: 'image',
      name: 'transformed',
      input: input.name,
      image,
      description: 'some of the pictures that the network was shown',
    },
  };
  const model = await modelFor(given, shape);
  const measured: Measured[] = [];
  let chosen = 0;
  for await (const part of measurements(model, original, { ...question, transformations, batchSize: options.batchSize, abort })) {
    measured.push(...part.measured);
    chosen = part.class;
    const count = transformations.length;
    yield { type: 'progress', done: index * count + measured.length, total: inputs.length * count, label: input.name };
  }
  return { input: input.name, class: chosen, measured };
}

async function originalOf({ input: spec }: Model, input: Input, { baseline }: InvarianceOptions): Promise<Original> {
  const tensor = await input.tensor(spec);
  const [, height, width, channels] = tensor.shape;
  const values = new Float32Array(await tensor.data().finally(() => tensor.dispose()));
  return { values, shape: [height, width, channels], fill: fillColour(values, baseline, input, spec) };
}

/** A network of fixed size that is given an array of another looks at it with its dense layers as convolutions. */
async function modelFor(model: Model, [height, width]: Shape): Promise<Model> {
  const { fixedSize, size } = model.input;
  return fixedSize && (height !== size[0] || width !== size[1]) ? model.convolutional() : model;
}
