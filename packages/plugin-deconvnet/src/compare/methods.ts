import { type RunContext, VISUALIZER_FAMILIES, type Visualizer, type VisualizerFactory } from '@featurescope/core';
import { z } from 'zod';
import { findMethod } from '../attribution/run-attribution.js';
import { wrapsItself } from '../errors.js';
import { notCompared, nothingToCompare } from './errors.js';
import type { CompareOptions } from './options.js';

/** A visualizer that is compared. */
export interface Method {
  readonly name: string;
  readonly factory: VisualizerFactory;
  readonly visualizer: Visualizer;
  /** Its family, or `other`. */
  readonly heading: string;
  /** Its options but for what is explained. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** Without options of its own it is the gradient, and would be shown twice. */
const NEEDS_OPTIONS: ReadonlySet<string> = new Set(['backward']);

/**
 * The visualizers to compare in the order of the taxonomy: those named, or all that name their family. `own` are at hand in every run.
 * @throws FeaturescopeError when one is not there, cannot be compared, or its options are wrong
 */
export function methodsOf(
  context: Pick<RunContext, 'visualizers'>,
  own: readonly VisualizerFactory[],
  options: CompareOptions,
  visualizer: string,
): readonly Method[] {
  const visualizers = [...context.visualizers, ...own.filter((one) => !context.visualizers.some((other) => nameOf(other) === nameOf(one)))];
  const isShown = (factory: VisualizerFactory): boolean =>
    factory.visualizer.family !== undefined && (!NEEDS_OPTIONS.has(nameOf(factory)) || nameOf(factory) in options.methodOptions);
  const named = options.methods && [...new Set(options.methods)].map((name) => findMethod({ visualizers }, name, { visualizer }));
  const factories = named ?? visualizers.filter(isShown);
  if (factories.some((factory) => nameOf(factory) === visualizer)) throw wrapsItself(visualizer);
  if (factories.length === 0) throw nothingToCompare(visualizer);
  const names = factories.map(nameOf);
  for (const name of Object.keys(options.methodOptions)) if (!names.includes(name)) throw notCompared(visualizer, name, names);
  const methods = factories.map((factory) => methodOf(factory, options));
  for (const { name, factory, options: given } of methods) if (name in options.methodOptions) factory(given);
  return HEADINGS.flatMap((heading) => methods.filter((method) => method.heading === heading));
}

const nameOf = ({ visualizer }: VisualizerFactory): string => visualizer.name;

const OTHER = 'other';
const HEADINGS: readonly string[] = [...VISUALIZER_FAMILIES, OTHER];

function methodOf(factory: VisualizerFactory, { methodOptions, iterations }: CompareOptions): Method {
  const { visualizer } = factory;
  const { shape } = visualizer.options;
  // Of the work of those that make a picture step by step only the end is shown.
  const short = {
    ...('iterations' in shape ? { iterations: fewest(iterations, shape['iterations']) } : {}),
    ...('frameEvery' in shape ? { frameEvery: 0 } : {}),
  };
  const { name, family = OTHER } = visualizer;
  return { name, factory, visualizer, heading: family, options: { ...short, ...methodOptions[name] } };
}

/** The smaller one of a number and the default of an option, if that is a number. */
function fewest(most: number, option: z.core.$ZodType): number {
  const { data } = z.safeParse(option, undefined);
  return typeof data === 'number' ? Math.min(most, data) : most;
}
