import { invalidFlag, valueOfNegatedFlag } from '../errors.js';
import { type Flag, isSwitch } from './flag.js';

/** Rewrites `--flag true`, `--flag=false` and the like to `--flag` and `--no-flag`. */
export const normalizeSwitches = (command: string, argv: readonly string[], flags: readonly Flag[]): string[] => {
  const names = new Set(flags.filter(isSwitch).map((flag) => `--${flag.name}`));
  const negated = new Set([...names].map((name) => name.replace('--', '--no-')));
  const result: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const token = argv[i] ?? '';
    if (token === '--') return [...result, ...argv.slice(i)];
    const [name = '', attached] = token.split(/=(.*)/s, 2);
    if (negated.has(name) && attached !== undefined) throw valueOfNegatedFlag(command, name);
    if (!names.has(name)) {
      result.push(token);
      continue;
    }
    const next = argv[i + 1];
    const value = attached ?? (next === 'true' || next === 'false' ? next : 'true');
    if (attached === undefined && (next === 'true' || next === 'false')) i++;
    if (value !== 'true' && value !== 'false') throw invalidFlag(command, name, value, 'true or false');
    result.push(value === 'true' ? name : name.replace('--', '--no-'));
  }
  return result;
};
