import type { CommonKey, CommonOptions } from './common.js';
import type { Flag } from './flags/flag.js';
import type { Io } from './io.js';

/** One call of a command, read from the command line. */
export interface Invocation {
  readonly io: Io;
  readonly positionals: readonly string[];
  /** Common flags that were given. */
  readonly common: CommonOptions;
  /** Flags of the command's own that were given, as input of their schema. */
  readonly options: Readonly<Record<string, unknown>>;
}

export type ExitCode = 0 | 1 | 2 | 130;

export interface CommandDefinition {
  readonly name: string;
  readonly summary: string;
  /** Longer text for the command's own help. */
  readonly details?: string;
  /** In the notation of commander: `[config]`, `<inputs...>`. */
  readonly argument?: string;
  readonly argumentDescription?: string;
  /** How the argument is shown in help, where it is not optional. */
  readonly usage?: string;
  readonly flags: readonly Flag[];
  /** Common flags that its help shows; the others are taken as well. */
  readonly shows: readonly CommonKey[];
  run(invocation: Invocation): Promise<ExitCode>;
}
