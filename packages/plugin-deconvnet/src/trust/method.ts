import { type RunContext, targetOptions, type VisualizerFactory } from '@featurescope/core';
import { z } from 'zod';
import type { MethodOptions } from '../attribution/run-attribution.js';
import { findMethod } from '../attribution/run-attribution.js';
import { wrapsItself } from '../errors.js';

/** Option fields of what tests another visualizer. */
export const methodFields = {
  ...targetOptions,
  method: z.string().min(1).default('gradient').describe('Visualizer whose attribution is tested, by its name'),
  methodOptions: z
    .record(z.string(), z.union([z.boolean(), z.number(), z.string()]))
    .default({})
    .describe('Other options of that visualizer'),
};

const schema = z.object(methodFields);

export type MethodFields = z.output<typeof schema>;

/** A visualizer that is tested, ready to be run. */
export interface ChosenMethod {
  readonly name: string;
  readonly factory: VisualizerFactory;
  /** What was said about the target, and the visualizer's other options. */
  readonly options: MethodOptions;
  /** Whether it explains something that can be named. */
  readonly takesTarget: boolean;
  /** The run's context, with the visualizers that are at hand in every run. */
  readonly context: RunContext;
}

/**
 * Finds the visualizer and checks its options before any work. One that takes no target is given none.
 * @throws FeaturescopeError when there is no such visualizer, it is the one that asks, or its options are wrong
 */
export function chooseMethod(given: RunContext, own: readonly VisualizerFactory[], fields: MethodFields, visualizer: string): ChosenMethod {
  const { method: name, methodOptions } = fields;
  if (name === visualizer) throw wrapsItself(visualizer);
  const context: RunContext = { ...given, visualizers: [...given.visualizers, ...own] };
  const factory = findMethod(context, name, { visualizer });
  const { shape } = factory.visualizer.options;
  const takesTarget = 'class' in shape;
  const said = Object.entries(targetFields(fields)).filter(
    ([field, value]) => value !== undefined && takesTarget && (field !== 'of' || field in shape),
  );
  const options = { ...Object.fromEntries(said), ...methodOptions };
  factory(options);
  return { name, factory, options, takesTarget, context };
}

/** The fields that address a target. */
export const targetFields = ({ class: wanted, of, layer, unit, at }: MethodFields) => ({ class: wanted, of, layer, unit, at });
