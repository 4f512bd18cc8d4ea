import { dirname, relative } from 'node:path';
import type { TrainingConfigInput } from '@featurescope/core';
import type { ExitCode, Invocation } from '../command.js';
import { findConfig } from '../config/find.js';
import { readConfig } from '../config/read.js';
import { invalidConfig, tooManyArguments } from '../errors.js';
import { trainingRun } from '../training/training-run.js';
import { allArchitectures } from './architecture-flags.js';
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
  const given = {
    ...content,
    ...(out && { out }),
    ...(seed !== undefined && { seed }),
    ...(runtime && { runtime }),
  } as TrainingConfigInput;
  const architectures = await allArchitectures(common.plugin ?? [], io);
  const { config, complete } = trainingRun(given, { folder: dirname(path), architectures, resume });
  return execute(config, io, common, complete);
};
