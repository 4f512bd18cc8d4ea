import { dirname, relative } from 'node:path';
import type { ExitCode, Invocation } from '../command.js';
import { findConfig } from '../config/find.js';
import { readConfig } from '../config/read.js';
import { invalidConfig, tooManyArguments } from '../errors.js';
import { trainingRun } from '../training/training-run.js';
import { trainingCatalog } from './architecture-flags.js';
import { execute } from './execute.js';

/** Trains the network of a config; flags win over what the config says. */
export const trainAction = async ({ io, positionals, common }: Invocation): Promise<ExitCode> => {
  const [argument] = positionals;
  if (argument !== undefined && common.config !== undefined)
    throw tooManyArguments('featurescope train', [argument, common.config], 'one config');
  const path = findConfig('featurescope train', argument ?? common.config, io.cwd, 'training.config');
  const name = argument ?? common.config ?? relative(io.cwd, path);
  const content = await readConfig(path, name);
  if (typeof content !== 'object' || content === null) throw invalidConfig(name, 'expected an object such as { architecture, data }.');
  const { out, seed, runtime, resume = false } = common;
  const flags = { ...(out && { out }), ...(seed !== undefined && { seed }), ...(runtime && { runtime }) };
  const given = Array.isArray(content) ? content.map((training: object) => ({ ...training, ...flags })) : { ...content, ...flags };
  const catalog = await trainingCatalog(common.plugin ?? [], io.cwd);
  const { config, complete } = trainingRun(given, { folder: dirname(path), ...catalog, resume });
  return execute(config, io, common, complete);
};
