import { type RunContext, targetOptions, type VisualizerFactory } from '@featurescope/core';
import { z } from 'zod';
import { conflictingOptions, wrapsItself } from '../errors.js';
import { findMethod, type MethodOptions } from './run-attribution.js';

/** Option fields of what runs another visualizer, of which `method` says what for. */
export const methodFields = (method: string) => ({
  ...targetOptions,
  method: z.string().min(1).default('gradient').describe(method),
  methodOptions: z
    .record(z.string(), z.union([z.boolean(), z.number(), z.string()]))
    .default({})
    .describe('Other options of that visualizer'),
});

const schema = z.object(methodFields('of any'));

export type MethodFields = z.output<typeof schema>;

/** A visualizer that another one runs. */
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

/** Who chooses a method. */
interface Chooser {
  readonly visualizer: string;
  /** Has a use of its own for a target that the method cannot take; otherwise to name one is an error. */
  readonly usesTarget?: boolean;
}

/**
 * Finds the visualizer and checks its options before any work.
 * @throws FeaturescopeError when there is no such visualizer, it is the one that asks, or its options are wrong or said twice
 */
export function chooseMethod(
  given: RunContext,
  own: readonly VisualizerFactory[],
  fields: MethodFields,
  { visualizer, usesTarget = false }: Chooser,
): ChosenMethod {
  const { method: name, methodOptions } = fields;
  if (name === visualizer) throw wrapsItself(visualizer);
  const context: RunContext = { ...given, visualizers: [...given.visualizers, ...own] };
  const factory = findMethod(context, name, { visualizer });
  const takesTarget = 'class' in factory.visualizer.options.shape;
  const target = takesTarget || !usesTarget ? targetSaid(factory, fields) : {};
  for (const option of Object.keys(target))
    if (option in methodOptions) throw conflictingOptions(visualizer, `--${option}`, `${option} in --method-options`);
  const options = { ...methodOptions, ...target };
  factory(options);
  return { name, factory, options, takesTarget, context };
}

/** The fields that address a target. */
export const targetFields = ({ class: wanted, of, layer, unit, at }: MethodFields) => ({ class: wanted, of, layer, unit, at });

/** What was said about the target. The default of `of` goes only where that is known and not said among the other options. */
function targetSaid({ visualizer }: VisualizerFactory, fields: MethodFields): MethodOptions {
  const isSilent = (name: string, value: unknown): boolean =>
    value === undefined || (name === 'of' && value === 'logits' && (!(name in visualizer.options.shape) || name in fields.methodOptions));
  return Object.fromEntries(Object.entries(targetFields(fields)).filter(([name, value]) => !isSilent(name, value)));
}
