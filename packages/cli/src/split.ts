import { isSwitch } from './flags/flag.js';
import { commonFlags } from './parse.js';

export interface SplitArguments {
  /** The first argument that is no flag and no flag's value. */
  readonly name?: string;
  /** Everything else, in order. */
  readonly rest: readonly string[];
}

const takesValue = (token: string): boolean => commonFlags.some((flag) => !isSwitch(flag) && token === `--${flag.name}`);

/** Finds the command among the arguments; common flags may come before it. */
export const splitArguments = (argv: readonly string[]): SplitArguments => {
  for (let i = 0; i < argv.length; i++) {
    const token = argv[i] ?? '';
    if (takesValue(token)) i++;
    else if (!token.startsWith('-') && !(['true', 'false'].includes(token) && i > 0)) return { name: token, rest: argv.toSpliced(i, 1) };
  }
  return { rest: argv };
};

/** The values of a common flag that must be known before the command line can be read. */
export const scanValues = (argv: readonly string[], name: 'plugin' | 'config'): readonly string[] =>
  argv.flatMap((token, i) => {
    if (token.startsWith(`--${name}=`)) return [token.slice(name.length + 3)];
    const next = argv[i + 1];
    return token === `--${name}` && next !== undefined && !next.startsWith('--') ? [next] : [];
  });
