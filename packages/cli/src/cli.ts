import { VERSION } from '@featurescope/core';
import type { CommandDefinition, ExitCode } from './command.js';
import { architectureFlags } from './commands/architecture-flags.js';
import { inspectCommand } from './commands/inspect.js';
import { visualizerCommand } from './commands/visualizer.js';
import { loadCatalog, loadConfig } from './config/load.js';
import { unknownCommand, unknownFlag } from './errors.js';
import type { Io } from './io.js';
import { commonFlags, parseCommand } from './parse.js';
import type { Catalog } from './plugins/catalog.js';
import { COMMANDS, overview } from './program.js';
import { reportError } from './report-error.js';
import { scanValues, splitArguments } from './split.js';

/** The plugins a command line can use: built in, named by `--plugin`, or by the config that `--config` names. */
const catalogFor = async (rest: readonly string[], io: Io): Promise<Catalog> => {
  const plugins = scanValues(rest, 'plugin');
  const config = scanValues(rest, 'config').at(-1);
  return config === undefined ? loadCatalog(plugins, io.cwd) : (await loadConfig('featurescope', config, io.cwd, plugins)).catalog;
};

const findCommand = async (name: string, rest: readonly string[], io: Io): Promise<CommandDefinition> => {
  if (name === 'inspect') return inspectCommand(await architectureFlags(rest, io));
  const command = COMMANDS.find((definition) => definition.name === name);
  if (command !== undefined) return command;
  const catalog = await catalogFor(rest, io);
  const visualizer = catalog.visualizers.get(name);
  if (visualizer !== undefined) return visualizerCommand(visualizer);
  throw unknownCommand(name, [...COMMANDS.map((definition) => definition.name), ...catalog.visualizers.keys()]);
};

const withoutCommand = async (rest: readonly string[], io: Io): Promise<ExitCode> => {
  if (rest.includes('--version') || rest.includes('-V')) {
    io.stdout.write(`${VERSION}\n`);
    return 0;
  }
  const known = ['--help', '--version', ...commonFlags.map((flag) => `--${flag.name}`)];
  const stranger = rest.find((token) => token.startsWith('-') && token !== '-h' && !known.includes(token.split('=', 1)[0] ?? ''));
  if (stranger !== undefined) throw unknownFlag('featurescope', stranger, known);
  io.stdout.write(overview(await loadCatalog(scanValues(rest, 'plugin'), io.cwd), io));
  return 0;
};

const dispatch = async (argv: readonly string[], io: Io): Promise<ExitCode> => {
  const { name, rest } = splitArguments(argv);
  if (name === 'help') return rest.length === 0 ? withoutCommand([], io) : dispatch([...rest, '--help'], io);
  if (name === undefined) return withoutCommand(rest, io);
  const command = await findCommand(name, rest, io);
  const invocation = parseCommand(command, rest, io);
  return invocation === undefined ? 0 : command.run(invocation);
};

/**
 * The whole command: reads the arguments, runs, and gives the exit code: 0 done, 1 a visualizer failed while running,
 * 2 wrong use, 130 interrupted. Never throws: an error becomes one message on stderr.
 */
export const main = async (argv: readonly string[], io: Io): Promise<ExitCode> => {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    return reportError(error, io, argv.includes('--debug'));
  }
};
