import { type ConfiguredVisualizer, eventsOn, type Image, type NestedRun, type RunContext } from '@featurescope/core';
import { attributionIn, type MadeAttribution } from '../attribution/run-attribution.js';
import { nothingShown } from './errors.js';

/** What is shown of a method. */
export type Shown =
  | ({ readonly kind: 'attribution' } & MadeAttribution)
  | { readonly kind: 'image'; readonly image: Image; readonly description?: string };

interface Question extends NestedRun {
  readonly warn: (message: string) => void;
}

/**
 * Runs a visualizer on a picture up to the first attribution, or else for the image `image`; one that reconstructs inputs is ended with
 * the image. @throws FeaturescopeError when it yields neither, and whatever it throws
 */
export async function runOn(context: RunContext, configured: ConfiguredVisualizer, question: Question): Promise<Shown> {
  const { visualizer } = configured;
  let image: Shown | undefined;
  for await (const event of eventsOn(context, configured, question)) {
    if (event.type === 'warning') question.warn(event.message);
    const made = attributionIn(event);
    if (made) return { kind: 'attribution', ...made };
    if (event.type !== 'artifact' || event.artifact.kind !== 'image' || event.artifact.name !== 'image') continue;
    const { image: shown, description } = event.artifact;
    image ??= { kind: 'image', image: shown, ...(description === undefined ? {} : { description }) };
    if (visualizer.family === 'input reconstruction') return image;
  }
  if (image) return image;
  throw nothingShown(visualizer.name);
}
