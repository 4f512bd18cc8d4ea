import { Command } from 'commander';
import type { CommandDefinition } from './command.js';
import { convertCommand } from './commands/convert.js';
import { doctorCommand } from './commands/doctor.js';
import { inspectCommand } from './commands/inspect.js';
import { listCommand } from './commands/list.js';
import { runCommand } from './commands/run.js';
import { trainCommand } from './commands/train.js';
import { viewCommand } from './commands/view.js';
import type { Io } from './io.js';
import type { Catalog } from './plugins/catalog.js';

export const COMMANDS: readonly CommandDefinition[] = [
  runCommand,
  trainCommand,
  listCommand,
  inspectCommand(),
  convertCommand,
  doctorCommand,
  viewCommand,
];

/** What `featurescope --help` prints. */
export const overview = (catalog: Catalog, io: Io): string => {
  const program = new Command('featurescope');
  program.description('See what a convolutional network has learned.').usage('<command> [arguments] [flags]');
  program.configureHelp({ subcommandTerm: (command) => `${command.name()} ${command.usage()}`.trim(), showGlobalOptions: false });
  program.configureOutput({ getOutHelpWidth: () => (io.stdout.isTTY ? io.stdout.columns : 100) });
  program.helpOption('-h, --help', 'show this help, or that of a command: featurescope <command> --help');
  program.version('', '--version', 'print the version').helpCommand(false);
  program.commandsGroup('Commands:');
  for (const { name, argument = '', usage = argument, summary } of COMMANDS)
    program.command(name).usage(usage).description(summary).helpOption(false);
  program.commandsGroup('Visualizers:');
  for (const [name, { factory }] of catalog.visualizers) {
    program
      .command(name)
      .usage(factory.visualizer.needsInputs === false ? '[inputs...]' : '<inputs...>')
      .description(factory.visualizer.summary)
      .helpOption(false);
  }
  return program.helpInformation();
};
