import type { ConfiguredVisualizer, Image, Input, Model, RunContext } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { nothingShown } from './errors.js';

/** What is shown of a method. */
export type Shown =
  | { readonly kind: 'attribution'; readonly values: Float32Array; readonly shape: readonly number[]; readonly description?: string }
  | { readonly kind: 'image'; readonly image: Image; readonly description?: string };

interface Question {
  readonly model: Model;
  /** [1, H, W, C] in input units; left out for what is made without one. */
  readonly picture?: Tensor4D;
  /** Tells apart the random numbers of several runs. */
  readonly call: string;
  readonly warn: (message: string) => void;
}

/**
 * Runs a visualizer on a picture, which stays the caller's, up to the first tensor `attribution`, or else for the image `image`; one
 * that reconstructs inputs is ended with the image. @throws FeaturescopeError when it yields neither, and whatever it throws
 */
export async function runOn(context: RunContext, { visualizer, options }: ConfiguredVisualizer, question: Question): Promise<Shown> {
  const { model, picture, call, warn } = question;
  const nested: RunContext = {
    ...context,
    model,
    models: [model],
    inputs: picture ? [tensorInput(picture)] : [],
    random: context.random.fork(`${visualizer.name} ${call}`),
    state: { load: async () => undefined, save: async () => undefined },
  };
  let image: Shown | undefined;
  for await (const event of visualizer.run(nested, options as never)) {
    context.signal.throwIfAborted();
    if (event.type === 'warning') warn(event.message);
    if (event.type !== 'artifact') continue;
    const { artifact } = event;
    const description = artifact.description === undefined ? {} : { description: artifact.description };
    if (artifact.kind === 'tensor' && artifact.name === 'attribution')
      return { kind: 'attribution', values: artifact.data, shape: artifact.shape, ...description };
    if (artifact.kind === 'image' && artifact.name === 'image') image ??= { kind: 'image', image: artifact.image, ...description };
    if (image && visualizer.family === 'input reconstruction') return image;
  }
  if (image) return image;
  throw nothingShown(visualizer.name);
}

/** A tensor as an input, fed as it is. */
const tensorInput = (picture: Tensor4D): Input => ({
  name: 'picture',
  source: 'picture',
  raw: true,
  size: [picture.shape[1], picture.shape[2]],
  tensor: async () => picture.clone(),
});
