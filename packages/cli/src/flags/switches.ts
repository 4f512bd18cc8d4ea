import { invalidFlag, valueOfNegatedFlag } from '../errors.js';
import { type Flag, isSwitch, isSwitchOrValue } from './flag.js';
import { NO_VALUE, parseText } from './text.js';

const isTruth = (text: string): boolean => text === 'true' || text === 'false';

/** Whether text can only be meant as numbers, right or wrong: a minus before a digit, or a number before a comma. */
const looksLikeNumbers = (text: string): boolean => /^-\.?\d/.test(text) || /^\+?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*,/i.test(text);

/** Whether the argument after a flag that may stand alone belongs to it. */
const belongsTo = (flag: Flag, next: string): boolean => {
  if (isSwitch(flag)) return isTruth(next);
  return looksLikeNumbers(next) || (!next.startsWith('-') && parseText(next, flag.shape) !== NO_VALUE);
};

const written = (command: string, flag: Flag, value: string): string => {
  if (!isSwitch(flag)) return `--${flag.name}=${value}`;
  if (!isTruth(value)) throw invalidFlag(command, `--${flag.name}`, value, 'true or false');
  return value === 'true' ? `--${flag.name}` : `--no-${flag.name}`;
};

/**
 * Rewrites `--flag true`, `--flag=false` and the like to `--flag` and `--no-flag`. Of a flag that also takes other values, `--flag`,
 * `--no-flag` and `--flag -1,1` become `--flag=true`, `--flag=false` and `--flag=-1,1`; what is no value of it is left as an argument.
 */
export const normalizeSwitches = (command: string, argv: readonly string[], flags: readonly Flag[]): string[] => {
  const byName = new Map(flags.filter((flag) => isSwitch(flag) || isSwitchOrValue(flag)).map((flag) => [`--${flag.name}`, flag]));
  const result: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const token = argv[i] ?? '';
    if (token === '--') return [...result, ...argv.slice(i)];
    const [name = '', attached] = token.split(/=(.*)/s, 2);
    const flag = byName.get(name);
    const negated = flag === undefined && name.startsWith('--no-') ? byName.get(name.replace('--no-', '--')) : undefined;
    if (negated !== undefined) {
      if (attached !== undefined) throw valueOfNegatedFlag(command, name);
      result.push(written(command, negated, 'false'));
    } else if (flag === undefined) result.push(token);
    else {
      const next = argv[i + 1];
      const taken = attached === undefined && next !== undefined && belongsTo(flag, next) ? next : undefined;
      if (taken !== undefined) i++;
      result.push(written(command, flag, attached ?? taken ?? 'true'));
    }
  }
  return result;
};
