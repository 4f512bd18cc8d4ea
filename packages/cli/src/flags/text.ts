import type { NumberShape, ValueShape } from './shape.js';

/** Stands for text that is no value of the shape. */
export const NO_VALUE = Symbol('no value');

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Splits at a separator that has no backslash before it. */
const split = (text: string, separator: ',' | ';' | '='): string[] => {
  const parts = [''];
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? '';
    if (character === '\\' && i + 1 < text.length) parts[parts.length - 1] += character + (text[++i] ?? '');
    else if (character === separator) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
};

const literal = (text: string): string => text.replace(/\\([\\,;=])/g, '$1');
const escaped = (text: string): string => text.replace(/[\\,;=]/g, '\\$&');

const isCompound = (shape: ValueShape): boolean =>
  shape.kind === 'list' || shape.kind === 'tuple' || shape.kind === 'map' || (shape.kind === 'choice' && shape.options.some(isCompound));

const separatorOf = (items: readonly ValueShape[]): ',' | ';' => (items.some(isCompound) ? ';' : ',');

const parseNumber = (text: string, shape: NumberShape): unknown => {
  const value = Number(text);
  return NUMBER.test(text) && (!shape.integer || Number.isInteger(value)) ? value : NO_VALUE;
};

const parseAll = (texts: readonly string[], items: readonly ValueShape[], top: boolean): unknown => {
  const values = texts.map((text, i) => parse(text.trim(), items[i] ?? { kind: 'json' }, top));
  return values.includes(NO_VALUE) ? NO_VALUE : values;
};

const parseMap = (text: string, value: ValueShape): unknown => {
  const entries = split(text, separatorOf([value])).map((entry) => {
    const [name = '', ...rest] = split(entry.trim(), '=');
    return [literal(name), rest.length === 0 ? NO_VALUE : parse(rest.join('='), value, false)] as const;
  });
  return entries.some(([, entry]) => entry === NO_VALUE) ? NO_VALUE : Object.fromEntries(entries);
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return NO_VALUE;
  }
};

/** Order in which the alternatives of a choice are tried: the most particular first. */
const ORDER: readonly ValueShape['kind'][] = ['none', 'boolean', 'enum', 'number', 'tuple', 'map', 'json', 'string', 'list', 'choice'];

const byOrder = (options: readonly ValueShape[]): ValueShape[] => options.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));

const parseChoice = (text: string, options: readonly ValueShape[], top: boolean): unknown => {
  const list = top && split(text, ',').length > 1 ? options.filter((option) => option.kind === 'list') : [];
  for (const option of [...list, ...byOrder(options)]) {
    const value = parse(text, option, top);
    if (value !== NO_VALUE) return value;
  }
  return NO_VALUE;
};

const parse = (text: string, shape: ValueShape, top: boolean): unknown => {
  switch (shape.kind) {
    case 'none':
      return text === 'none' ? null : NO_VALUE;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : NO_VALUE;
    case 'enum':
      return shape.values.find((value) => String(value) === (top ? text : literal(text))) ?? NO_VALUE;
    case 'number':
      return parseNumber(text, shape);
    case 'string':
      return top ? text : literal(text);
    case 'tuple': {
      const texts = split(text, separatorOf(shape.items));
      if (texts.length === 1 && shape.items.every((item) => item.kind === 'number'))
        return parseAll(
          shape.items.map(() => text),
          shape.items,
          false,
        );
      return texts.length === shape.items.length ? parseAll(texts, shape.items, false) : NO_VALUE;
    }
    case 'list': {
      const texts = text === '' ? [] : split(text, separatorOf([shape.item]));
      return parseAll(
        texts,
        texts.map(() => shape.item),
        false,
      );
    }
    case 'map':
      return parseMap(text, shape.value);
    case 'choice':
      return parseChoice(text, shape.options, top);
    case 'json':
      return parseJson(text);
  }
};

/**
 * The value that the text of a flag stands for, or `NO_VALUE`. Lists are separated by commas (a list of lists by
 * semicolons), a backslash takes a separator literally inside a list, one number stands for all of a tuple of numbers, `none` for null.
 */
export const parseText = (text: string, shape: ValueShape): unknown => parse(text, shape, true);

const format = (value: unknown, top: boolean): string => {
  if (value === null) return 'none';
  if (Array.isArray(value))
    return value
      .map((item: unknown) => format(item, false))
      .join(value.some((item) => typeof item === 'object' && item !== null) ? ';' : ',');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, entry]) => `${escaped(name)}=${format(entry, false)}`)
      .join(',');
  }
  return top ? String(value) : escaped(String(value));
};

/** The text of a value as a user would type it: the inverse of `parseText`. */
export const formatText = (value: unknown): string => format(value, true);
