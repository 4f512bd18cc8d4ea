import { didYouMean } from '@featurescope/core';
import { invalidFlag, missingFlag } from '../errors.js';
import { describeValue } from './describe.js';
import { type Flag, isSwitchOrValue } from './flag.js';
import type { ValueShape } from './shape.js';
import { formatText, NO_VALUE, parseText } from './text.js';

const nearValue = (shape: ValueShape, given: string): string =>
  shape.kind === 'enum' && shape.values.every((value) => typeof value === 'string') ? didYouMean(given, shape.values, 1) : '';

const isList = (shape: ValueShape): boolean => shape.kind === 'list' || (shape.kind === 'choice' && shape.options.some(isList));

/** A list given in several flags is one list, begun anew after true or false; of any other flag the last value counts. */
const joinTexts = (flag: Flag, texts: readonly string[]): string => {
  const last = texts.at(-1) ?? '';
  if (!isList(flag.shape)) return last;
  const truth = isSwitchOrValue(flag) ? texts.findLastIndex((text) => text === 'true' || text === 'false') : -1;
  return truth === texts.length - 1 ? last : texts.slice(truth + 1).join(',');
};

/**
 * The checked input value of one flag.
 *
 * @throws FeaturescopeError naming the flag, what was given and what is expected
 */
export const readFlag = (command: string, flag: Flag, texts: readonly string[]): unknown => {
  const text = joinTexts(flag, texts);
  const value = parseText(text, flag.shape);
  const name = `--${flag.name}`;
  if (value === NO_VALUE) throw invalidFlag(command, name, text, describeValue(flag.shape), nearValue(flag.shape, text));
  const checked = flag.schema.safeParse(value);
  if (checked.success) return value;
  const custom = checked.error.issues.filter((issue) => issue.code === 'custom').map(({ message }) => message);
  const [form] = custom;
  if (flag.shape.kind === 'string' && form !== undefined) throw invalidFlag(command, name, text, form.replace(/^expected /, ''));
  throw invalidFlag(command, name, text, describeValue(flag.shape), custom.map((message) => ` ${message}.`).join(''));
};

/** @throws FeaturescopeError naming the first flag that has no default and was not given */
export const checkNeeded = (command: string, flags: readonly Flag[], options: Readonly<Record<string, unknown>>): void => {
  const missing = flags.find(({ key, schema }) => options[key] === undefined && !schema.safeParse(undefined).success);
  if (missing) throw missingFlag(command, `--${missing.name}`, missing.description || describeValue(missing.shape));
};

const isPlain = ({ kind }: ValueShape): boolean => kind === 'boolean' || kind === 'enum' || kind === 'string';

/** What help says after a flag's description: its range and default. */
export const flagNotes = (flag: Flag): string => {
  const range = isPlain(flag.shape) ? '' : describeValue(flag.shape);
  const fallback = flag.default === undefined || flag.default === null || flag.default === false ? '' : formatText(flag.default);
  const text = [range, fallback === '' ? '' : `default ${fallback}`].filter((part) => part !== '').join('; ');
  return text === '' ? '' : ` (${text})`;
};
