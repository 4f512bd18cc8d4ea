import {
  type Citation,
  defineVisualizer,
  type Image,
  type Input,
  type InputSpec,
  type Model,
  type RunContext,
  toImage,
  type VisualizerEvent,
} from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { z } from 'zod';
import { artifactsOf } from './artifacts.js';
import type { Attribution } from './attribution.js';
import { modelFor } from './model-for.js';

/** One input that an attribution is asked for. */
export interface Question {
  /** The run's model; for an array larger than a network of fixed size takes, with its dense layers as convolutions. */
  readonly model: Model;
  readonly input: Input;
  /** [1, H, W, C] in the network's input units. */
  readonly picture: Tensor4D;
  /** The same as a picture to look at, made when it is first asked for. */
  shown(): Promise<Image>;
}

/** What a method gives for one input: an attribution, or an event as it is; progress counts from 0 for each input. */
export type Answer = VisualizerEvent | { readonly type: 'attribution'; readonly attribution: Attribution };

interface Method<S extends z.ZodObject> {
  readonly name: string;
  readonly summary: string;
  readonly citation: Citation;
  readonly options: S;
  /** Checks the options before any work and returns what answers one input. */
  prepare(context: RunContext, options: z.output<S>): (question: Question) => AsyncIterable<Answer>;
}

/** A visualizer that attributes a target to the numbers of every input. */
export const attributionVisualizer = <S extends z.ZodObject>({ name, summary, citation, options, prepare }: Method<S>) =>
  defineVisualizer<S>({
    name,
    summary,
    citation,
    family: 'deconvolution',
    options,
    async *run(context: RunContext, given: z.output<S>): AsyncGenerator<VisualizerEvent> {
      const answer = prepare(context, given);
      for (const [index, input] of context.inputs.entries()) {
        context.signal.throwIfAborted();
        const picture = await input.tensor(context.model.input);
        try {
          const question = {
            model: await modelFor(context.model, picture),
            input,
            picture,
            shown: shownOnce(picture, context.model.input),
          };
          yield* answered(context, index, question, answer(question));
        } finally {
          picture.dispose();
        }
      }
    },
  });

async function* answered(
  { inputs, model, signal }: RunContext,
  index: number,
  { input, shown }: Question,
  answers: AsyncIterable<Answer>,
): AsyncGenerator<VisualizerEvent> {
  let parts = 1;
  let repeated = false;
  for await (const answer of answers) {
    signal.throwIfAborted();
    if (answer.type === 'progress') {
      parts = answer.total;
      yield { ...answer, done: index * parts + answer.done, total: inputs.length * parts, label: input.name };
    } else if (answer.type === 'attribution') {
      for await (const artifact of artifactsOf(answer.attribution, { input: input.name, picture: shown, spec: model.input, repeated })) {
        signal.throwIfAborted();
        yield { type: 'artifact', artifact };
      }
      repeated = true;
    } else yield answer;
  }
  yield { type: 'progress', done: (index + 1) * parts, total: inputs.length * parts, label: input.name };
}

function shownOnce(picture: Tensor4D, spec: InputSpec): () => Promise<Image> {
  let shown: Promise<Image> | undefined;
  return () => {
    shown ??= pictureOf(picture, spec);
    return shown;
  };
}

/** A picture [1, H, W, C] in input units as one to look at. */
export async function pictureOf(picture: Tensor4D, spec: InputSpec): Promise<Image> {
  const [, height, width, channels] = picture.shape;
  return toImage(await picture.data(), [height, width, channels], spec);
}
