import { z } from 'zod';
import { describeIssues } from '../visualizer/option-issues.js';
import type { ConfiguredVisualizer } from '../visualizer/visualizer.js';
import { type Config, RUNTIME_CHOICES } from './config.js';
import { invalidConfig, noInputs, pluginNotLoaded } from './errors.js';
import type { Plugin } from './plugin.js';

/** A config that has been checked, with its defaults. */
export interface ValidConfig {
  /** `undefined` stands for the bundled model. */
  readonly models: readonly (string | undefined)[];
  readonly inputs: readonly string[];
  readonly dataset?: string;
  readonly out: string;
  readonly seed: number;
  readonly runtime: Config['runtime'];
  readonly visualizers: readonly ConfiguredVisualizer[];
  readonly plugins: readonly Plugin[];
  readonly resume: boolean;
}

const name = z.string().min(1);

const schema = z.strictObject({
  model: z.union([name, z.array(name).min(1)]).optional(),
  inputs: z.array(name).default([]),
  dataset: name.optional(),
  out: name.default('out'),
  seed: z.number().int().min(0).max(0xffffffff).default(1),
  runtime: z.enum(RUNTIME_CHOICES).default('auto'),
  visualizers: z.array(z.unknown()).min(1),
  plugins: z.array(z.unknown()).default([]),
  resume: z.boolean().default(false),
});

/** Checks a config and fills in its defaults. @throws FeaturescopeError that lists everything that is wrong */
export function validateConfig(config: Config): ValidConfig {
  const result = schema.safeParse(config);
  if (!result.success) throw invalidConfig(describeIssues(result.error, config, Object.keys(schema.shape)), result.error);
  const problems = [
    ...config.visualizers.flatMap((entry, i) => visualizerProblem(entry, i) ?? []),
    ...(config.plugins ?? []).flatMap((entry, i) => pluginProblem(entry, i) ?? []),
  ];
  if (problems.length > 0) throw invalidConfig(problems);
  const { model, dataset, inputs, out, seed, runtime, resume } = result.data;
  const needy = config.visualizers.filter(({ visualizer }) => visualizer.needsInputs !== false).map(({ visualizer }) => visualizer.name);
  if (inputs.length === 0 && needy.length > 0) throw noInputs(needy);
  return {
    models: Array.isArray(model) ? model : [model],
    inputs,
    ...(dataset === undefined ? {} : { dataset }),
    out,
    seed,
    runtime,
    visualizers: config.visualizers,
    plugins: (config.plugins ?? []).map(loaded),
    resume,
  };
}

function visualizerProblem(entry: unknown, index: number): string | undefined {
  const place = `visualizers[${index}]`;
  if (typeof entry === 'function') {
    const factory = 'visualizer' in entry ? (entry.visualizer as { name?: string }).name : undefined;
    return `${place}: given a visualizer without options; call it${factory ? ` (${factory})` : ''}, for example with ().`;
  }
  const configured = typeof entry === 'object' && entry !== null && 'visualizer' in entry && 'options' in entry;
  const runs = configured && typeof (entry.visualizer as { run?: unknown } | undefined)?.run === 'function';
  return runs ? undefined : `${place}: expected what a visualizer such as dream({ … }) returns.`;
}

function pluginProblem(entry: unknown, index: number): string | undefined {
  const named = typeof entry === 'object' && entry !== null && 'name' in entry && typeof entry.name === 'string';
  return named || typeof entry === 'string' ? undefined : `plugins[${index}]: expected what definePlugin({ … }) returns.`;
}

function loaded(plugin: Plugin | string): Plugin {
  if (typeof plugin === 'string') throw pluginNotLoaded(plugin);
  return plugin;
}
