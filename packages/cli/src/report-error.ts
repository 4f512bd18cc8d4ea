import { isFeaturescopeError } from '@featurescope/core';
import pc from 'picocolors';
import type { ExitCode } from './command.js';
import { type Io, wantsColour } from './io.js';

const stackOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\nCaused by: ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
};

const messageOf = (error: unknown): string => {
  if (isFeaturescopeError(error)) return error.message;
  const text = error instanceof Error ? error.message || error.name : String(error);
  return `something went wrong that was not foreseen: ${text} (--debug shows where)`;
};

/** Prints an error as one message, with its stack only for `--debug`; gives the exit code it stands for. */
export const reportError = (error: unknown, io: Io, debug: boolean): ExitCode => {
  const { red } = pc.createColors(wantsColour(io.stderr, io.env));
  io.stderr.write(`${red('error:')} ${messageOf(error)}\n`);
  if (debug) io.stderr.write(`${stackOf(error)}\n`);
  return isFeaturescopeError(error) && error.category === 'usage' ? 2 : 1;
};
