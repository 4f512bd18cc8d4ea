import { eventsOn, type Model, type RunContext, type VisualizerEvent, type VisualizerFactory } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { noAttribution, unknownMethod } from '../errors.js';

/** What a visualizer attributes to the numbers of a picture. */
export interface MadeAttribution {
  readonly values: Float32Array;
  /** [H, W, C] or [H, W]. */
  readonly shape: readonly number[];
  /** Of the target. */
  readonly layer?: string;
  readonly unit?: number;
  readonly description?: string;
}

export type MethodOptions = Readonly<Record<string, unknown>>;

/** Who asks, for messages and for the seed. */
export interface Asker {
  readonly visualizer: string;
  /** Tells apart the random numbers of several calls. */
  readonly call?: string | number;
}

/** The visualizer of a name. @throws FeaturescopeError naming the nearest when there is none */
export function findMethod({ visualizers }: Pick<RunContext, 'visualizers'>, name: string, { visualizer }: Asker): VisualizerFactory {
  const found = visualizers.find((factory) => factory.visualizer.name === name);
  if (found) return found;
  const others = visualizers.map((factory) => factory.visualizer.name).filter((other) => other !== visualizer);
  throw unknownMethod(visualizer, name, others);
}

/**
 * Runs a visualizer of this run on one picture [1, H, W, C] in input units, which stays the caller's, and gives the tensor `attribution`
 * that it yields first; it is ended there, and what else it would make is never made. With several units, that of the first.
 * @throws FeaturescopeError when there is no such visualizer, its options are wrong, or it gives no attribution
 */
export async function attributionOf(
  context: RunContext,
  name: string,
  options: MethodOptions,
  model: Model,
  picture: Tensor4D,
  asker: Asker,
): Promise<MadeAttribution> {
  const configured = findMethod(context, name, asker)(options);
  for await (const event of eventsOn(context, configured, { model, picture, call: `${asker.call ?? ''}` })) {
    const made = attributionIn(event);
    if (made) return made;
  }
  throw noAttribution(asker.visualizer, name);
}

/** The attribution that an event hands over, if it does. */
export function attributionIn(event: VisualizerEvent): MadeAttribution | undefined {
  if (event.type !== 'artifact' || event.artifact.kind !== 'tensor' || event.artifact.name !== 'attribution') return undefined;
  const { data, shape, layer, unit, description } = event.artifact;
  return {
    values: data,
    shape,
    ...(layer === undefined ? {} : { layer }),
    ...(unit === undefined ? {} : { unit }),
    ...(description === undefined ? {} : { description }),
  };
}
