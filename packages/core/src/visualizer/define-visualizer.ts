import { z } from 'zod';
import { badVisualizerName, invalidOptions, optionsNotStrict, optionWithoutDescription } from './errors.js';
import { describeIssues } from './option-issues.js';
import type { ConfiguredVisualizer, Visualizer, VisualizerFactory } from './visualizer.js';

/**
 * Makes a visualizer usable: the result, called with options, goes into a config.
 * @throws FeaturescopeError when the name is no command name, the options are not strict, or one has no description
 */
export function defineVisualizer<S extends z.ZodObject>(visualizer: Visualizer<S>): VisualizerFactory<S> {
  checkDefinition(visualizer);
  const configure = (options?: z.input<S>): ConfiguredVisualizer => ({
    visualizer: visualizer as unknown as Visualizer,
    given: options ?? {},
    options: parseOptions(visualizer, options ?? {}),
  });
  return Object.assign(configure, { visualizer });
}

/** Checks options and fills in defaults. @throws FeaturescopeError that lists everything that is wrong with them */
export function parseOptions<S extends z.ZodObject>(visualizer: Visualizer<S>, given: unknown): z.output<S> {
  const result = visualizer.options.safeParse(given);
  if (result.success) return result.data;
  throw invalidOptions(visualizer.name, describeIssues(result.error, given, Object.keys(visualizer.options.shape)), result.error);
}

/** The description of an option, also when it was given before `.default()` or `.optional()`. */
export function optionDescription(schema: z.core.$ZodType): string | undefined {
  const { description } = z.globalRegistry.get(schema) ?? {};
  if (description) return description;
  const { def } = schema._zod;
  if ('innerType' in def) return optionDescription(def.innerType as z.core.$ZodType);
  return 'in' in def ? optionDescription(def.in as z.core.$ZodType) : undefined;
}

function checkDefinition({ name, options }: Visualizer<z.ZodObject>): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) throw badVisualizerName(name);
  if (options._zod.def.catchall?._zod.def.type !== 'never') throw optionsNotStrict(name);
  const silent = Object.entries(options.shape).flatMap(([option, schema]) => (optionDescription(schema) ? [] : [option]));
  if (silent.length > 0) throw optionWithoutDescription(name, silent);
}
