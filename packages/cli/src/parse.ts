import { Command, CommanderError, type Help, Option } from 'commander';
import type { CommandDefinition, Invocation } from './command.js';
import { commonOptions } from './common.js';
import { missingFlagValue, tooManyArguments, unknownFlag } from './errors.js';
import { flagNotes, readFlag } from './flags/collect.js';
import { describeValue } from './flags/describe.js';
import { type Flag, flagsOf, isNegatable, isSwitch, isSwitchOrValue } from './flags/flag.js';
import { normalizeSwitches } from './flags/switches.js';
import { type Io, wantsColour } from './io.js';

export const commonFlags: readonly Flag[] = flagsOf(commonOptions);

/** Names the command in messages: `featurescope dream`. */
export const fullName = (definition: CommandDefinition): string => `featurescope ${definition.name}`;

const term = (flag: Flag): string => {
  const value = isSwitch(flag) ? '' : isSwitchOrValue(flag) ? ` [${flag.placeholder}]` : ` <${flag.placeholder}>`;
  return `--${flag.name}${value}${isNegatable(flag) ? `, --no-${flag.name}` : ''}`;
};

const addFlag = (command: Command, owner: string, flag: Flag, shown: boolean): void => {
  const description = `${flag.description}${flagNotes(flag)}`;
  if (isSwitch(flag)) {
    command.addOption(new Option(`--${flag.name}`, description).hideHelp(!shown));
    command.addOption(new Option(`--no-${flag.name}`).hideHelp());
    return;
  }
  const option = new Option(`--${flag.name} <value>`, description).hideHelp(!shown);
  option.argParser((text: string, earlier: readonly string[] | undefined) => {
    if (text.startsWith('--')) throw missingFlagValue(owner, `--${flag.name}`, describeValue(flag.shape));
    return [...(earlier ?? []), text];
  });
  command.addOption(option);
};

const optionTerm =
  (flags: readonly Flag[]) =>
  (option: Option): string => {
    const flag = flags.find(({ name }) => option.long === `--${name}`);
    return flag === undefined ? option.flags : term(flag);
  };

/** A commander command without any action: it only reads the arguments and prints help. */
export const createCommand = (definition: CommandDefinition, io: Io): Command => {
  const command = new Command(fullName(definition));
  command.exitOverride().allowExcessArguments(false).showSuggestionAfterError(false);
  command.configureOutput({
    writeOut: (text) => io.stdout.write(text),
    writeErr: () => {},
    getOutHelpWidth: () => (io.stdout.isTTY ? io.stdout.columns : 100),
    getOutHasColors: () => wantsColour(io.stdout, io.env),
  });
  command.configureHelp({ optionTerm: optionTerm([...definition.flags, ...commonFlags]) } satisfies Partial<Help>);
  command.description(definition.details === undefined ? definition.summary : `${definition.summary}\n\n${definition.details}`);
  command.helpOption('-h, --help', 'show this help');
  command.usage(`${definition.usage ?? definition.argument ?? ''} [options]`.trim());
  if (definition.argument !== undefined) command.argument(definition.argument, definition.argumentDescription ?? '');
  if (definition.flags.length > 0) command.optionsGroup('Options:');
  for (const flag of definition.flags) addFlag(command, fullName(definition), flag, true);
  command.optionsGroup('Common options:');
  for (const flag of commonFlags)
    addFlag(
      command,
      fullName(definition),
      flag,
      definition.shows.some((key) => key === flag.key),
    );
  return command;
};

const given = (command: Command, owner: string, flags: readonly Flag[]): Record<string, unknown> => {
  const values: Record<string, unknown> = command.opts();
  const result: Record<string, unknown> = {};
  for (const flag of flags) {
    const value = values[new Option(`--${flag.name}`).attributeName()];
    if (typeof value === 'boolean') result[flag.key] = value;
    else if (Array.isArray(value)) result[flag.key] = readFlag(owner, flag, value.map(String));
  }
  return result;
};

const quoted = (message: string): string => /'([^']*)'/.exec(message)?.[1] ?? '';

/** Turns what commander says into one of our own messages. */
const translate = (error: CommanderError, definition: CommandDefinition, command: Command): unknown => {
  const owner = fullName(definition);
  const flags = [...definition.flags, ...commonFlags];
  const flagged = quoted(error.message).split(/[ =]/, 1)[0] ?? '';
  switch (error.code) {
    case 'commander.unknownOption':
      return unknownFlag(owner, flagged, [...flags.map((flag) => `--${flag.name}`), '--help']);
    case 'commander.optionMissingArgument': {
      const flag = flags.find(({ name }) => `--${name}` === flagged);
      return flag === undefined ? error : missingFlagValue(owner, flagged, describeValue(flag.shape));
    }
    case 'commander.excessArguments': {
      const expected = definition.argument === undefined ? 'no arguments' : 'one argument';
      return tooManyArguments(owner, command.args, expected);
    }
    default:
      return error;
  }
};

/**
 * Reads the arguments of one command; `undefined` when help was asked for and printed.
 *
 * @throws FeaturescopeError naming the flag or argument that is wrong
 */
export const parseCommand = (definition: CommandDefinition, argv: readonly string[], io: Io): Invocation | undefined => {
  const command = createCommand(definition, io);
  const owner = fullName(definition);
  try {
    command.parse(normalizeSwitches(owner, argv, [...definition.flags, ...commonFlags]), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed' || error.code === 'commander.help') return undefined;
    throw translate(error, definition, command);
  }
  const options = given(command, owner, definition.flags);
  const common = given(command, owner, commonFlags);
  return { io, positionals: command.args, options, common };
};
