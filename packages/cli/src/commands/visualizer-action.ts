import type { Config } from '@featurescope/core';
import type { ExitCode, Invocation } from '../command.js';
import { loadCatalog, loadConfig } from '../config/load.js';
import { missingArgument } from '../errors.js';
import { checkNeeded } from '../flags/collect.js';
import { flagsOf } from '../flags/flag.js';
import type { CatalogEntry } from '../plugins/catalog.js';
import { execute, withFlags } from './execute.js';

/** Model, inputs, plugins and so on of the config that `--config` names; its visualizers are not run. */
const baseConfig = async (command: string, { io, common }: Invocation): Promise<Config> => {
  const plugins = common.plugin ?? [];
  if (common.config !== undefined) return (await loadConfig(command, common.config, io.cwd, plugins)).config;
  return { visualizers: [], plugins: (await loadCatalog(plugins, io.cwd)).plugins };
};

/** Runs one visualizer on the inputs named. */
export const visualizerAction = async ({ factory }: CatalogEntry, invocation: Invocation): Promise<ExitCode> => {
  const { io, positionals, common, options } = invocation;
  const command = `featurescope ${factory.visualizer.name}`;
  checkNeeded(command, flagsOf(factory.visualizer.options), options);
  const base = await baseConfig(command, invocation);
  const inputs = positionals.length > 0 ? positionals : (base.inputs ?? []);
  if (inputs.length === 0 && factory.visualizer.needsInputs !== false)
    throw missingArgument(command, 'inputs: pictures, .npy arrays, folders or globs');
  return execute(withFlags({ ...base, inputs, visualizers: [factory(options)] }, common), io, common);
};
