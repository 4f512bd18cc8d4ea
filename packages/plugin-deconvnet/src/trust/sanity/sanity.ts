import {
  defineVisualizer,
  type Input,
  type LayerName,
  type Model,
  type RunContext,
  type Target,
  type VisualizerEvent,
  type VisualizerFactory,
  type Weights,
} from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { type ChosenMethod, chooseMethod } from '../../attribution/method.js';
import { modelFor } from '../../attribution/model-for.js';
import { type TargetPin, targetPin } from '../../attribution/pinned-target.js';
import { attributionOf, type MadeAttribution, type MethodOptions } from '../../attribution/run-attribution.js';
import { noWeights } from '../errors.js';
import { type Likeness, likenessTo } from './likeness.js';
import { type SanityOptions, sanityOptions } from './options.js';
import { redrawing, weightedLayers, withWeights } from './randomise.js';
import { type Checked, meanArtifacts, type RandomisedLayer, type RandomLogit, sanityArtifacts } from './results.js';

const NAME = 'sanity';

/**
 * Whether an attribution depends on what a network has learnt and on the class it is asked for: how like it stays when weights are
 * randomised (Adebayo et al. 2018, section 3) and when another class is explained; `own` are at hand in every run.
 */
export const sanityOf = (own: readonly VisualizerFactory[]) =>
  defineVisualizer({
    name: NAME,
    summary: 'sanity checks of an attribution: what is left of it when weights are randomised, or another class is explained',
    citation: {
      authors: 'J. Adebayo, J. Gilmer, M. Muelly, I. Goodfellow, M. Hardt, B. Kim',
      title: 'Sanity Checks for Saliency Maps',
      year: 2018,
      url: 'https://arxiv.org/abs/1810.03292',
    },
    options: sanityOptions,
    async *run(given: RunContext, options: SanityOptions): AsyncGenerator<VisualizerEvent> {
      const method = chooseMethod(given, own, options, { visualizer: NAME });
      const pin = targetPin(method.factory, method.options, given.model, NAME);
      if (!method.takesTarget) yield { type: 'warning', message: takesNoTarget(method.name) };
      const all: Checked[] = [];
      for (const [index, input] of given.inputs.entries()) {
        given.signal.throwIfAborted();
        const picture = await input.tensor(given.model.input);
        try {
          all.push(yield* checked(method, options, { input, picture, index, pin }));
        } finally {
          picture.dispose();
        }
      }
      yield* meanArtifacts(all, options);
    },
  });

interface Question {
  readonly input: Input;
  readonly picture: Tensor4D;
  /** Of all inputs. */
  readonly index: number;
  /** Left out: the method takes no target. */
  readonly pin: TargetPin | undefined;
}

/** All checks of one input. */
async function* checked(method: ChosenMethod, options: SanityOptions, question: Question): AsyncGenerator<VisualizerEvent, Checked> {
  const { context, name } = method;
  const { input, picture, index, pin } = question;
  const model = await modelFor(context.model, picture);
  const explained = await pin?.(model, picture);
  const asked = explained?.options ?? method.options;
  const target = explained?.target.layer.name ?? model.logits;
  const owners = weightedLayers(model.network, target);
  if (owners.length === 0) throw noWeights(NAME, target);
  const others = explained ? otherUnits(method, options, explained.target) : [];
  const parts = 1 + owners.length + others.length;
  let done = index * parts;
  const progress = (): VisualizerEvent => ({ type: 'progress', done: ++done, total: context.inputs.length * parts, label: input.name });
  // The same call for all of them, so that a method that draws random numbers draws the same.
  const attribute: Attribute = (given, other = asked) =>
    attributionOf(context, name, other, given, picture, { visualizer: NAME, call: input.name });

  const original = await attribute(model);
  yield progress();
  const work: Work = { context, options, model, input, attribute, compare: likenessTo(original), progress };
  const layers = yield* withRandomWeights(work, owners, picture);
  const logits = yield* ofOtherUnits(work, others, asked, target === model.logits ? model.labels : undefined);
  const result: Checked = { input: input.name, method: name, label: explained?.label, original, layers, logits };
  for (const artifact of sanityArtifacts(result, options)) yield { type: 'artifact', artifact };
  return result;
}

/** The attribution of one model, with these options or those of the original. */
type Attribute = (model: Model, options?: MethodOptions) => Promise<MadeAttribution>;

interface Work {
  readonly context: RunContext;
  readonly options: SanityOptions;
  readonly model: Model;
  readonly input: Input;
  readonly attribute: Attribute;
  readonly compare: (attribution: MadeAttribution) => Likeness;
  readonly progress: () => VisualizerEvent;
}

/** The attribution with the weights of each layer randomised, and with those of all before it in cascading mode. */
async function* withRandomWeights(
  { context, options, model, input, attribute, compare, progress }: Work,
  owners: readonly LayerName[],
  { shape: [, height, width, channels] }: Tensor4D,
): AsyncGenerator<VisualizerEvent, readonly RandomisedLayer[]> {
  const redraw = redrawing(model.network, [height, width, channels], options.draw, context.random.fork('weights'));
  const layers: RandomisedLayer[] = [];
  let weights: Weights = new Map();
  for (const [step, layer] of owners.entries()) {
    context.signal.throwIfAborted();
    weights = new Map([...(options.mode === 'cascading' ? weights : []), ...redraw(layer)]);
    const random = await withWeights(context, model, weights);
    const attribution = await attribute(random).finally(() => random.dispose());
    const likeness = compare(attribution);
    layers.push({ layer, attribution, likeness });
    yield { type: 'metric', series: 'correlation', step, value: likeness.magnitude, input: input.name };
    yield progress();
  }
  return layers;
}

/** The attributions of other units of the same layer. */
async function* ofOtherUnits(
  { context, model, input, attribute, compare, progress }: Work,
  units: readonly number[],
  asked: MethodOptions,
  labels: readonly string[] = [],
): AsyncGenerator<VisualizerEvent, readonly RandomLogit[]> {
  const logits: RandomLogit[] = [];
  for (const [step, unit] of units.entries()) {
    context.signal.throwIfAborted();
    const attribution = await attribute(model, { ...asked, ...(asked['class'] === undefined ? { unit } : { class: unit }) });
    const likeness = compare(attribution);
    logits.push({ unit, label: labels[unit] ?? '', attribution, likeness });
    yield { type: 'metric', series: 'random-logit', step, value: likeness.magnitude, input: input.name };
    yield progress();
  }
  return logits;
}

/** Units of the same layer, drawn at random. */
const otherUnits = ({ context }: ChosenMethod, { randomLogits }: SanityOptions, { unit, layer }: Target): readonly number[] =>
  [...context.random.fork('logits').permutation(layer.outputShape[2])].filter((other) => other !== unit).slice(0, randomLogits);

const takesNoTarget = (method: string): string => `"${method}" takes no target, so it cannot be asked for another class.`;
