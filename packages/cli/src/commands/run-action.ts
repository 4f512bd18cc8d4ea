import { isFeaturescopeError, validateConfig } from '@featurescope/core';
import type { ExitCode, Invocation } from '../command.js';
import { loadConfig } from '../config/load.js';
import { invalidConfig, tooManyArguments } from '../errors.js';
import { execute, withFlags } from './execute.js';

/** Runs all visualizers of a config; flags win over what the config says. */
export const runAction = async ({ io, positionals, common }: Invocation): Promise<ExitCode> => {
  const [argument] = positionals;
  if (argument !== undefined && common.config !== undefined)
    throw tooManyArguments('featurescope run', [argument, common.config], 'one config');
  const { name, config } = await loadConfig('featurescope run', argument ?? common.config, io.cwd, common.plugin ?? []);
  const complete = withFlags(config, common);
  try {
    validateConfig(complete);
  } catch (error) {
    throw isFeaturescopeError(error) ? invalidConfig(name, error.message) : error;
  }
  return execute(complete, io, common);
};
