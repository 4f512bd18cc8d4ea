import type { NumberShape, ValueShape } from './shape.js';

const range = ({ min, max, open }: NumberShape): string => {
  if (min !== undefined && max !== undefined && !open.min && !open.max) return ` from ${min} to ${max}`;
  const lower = min === undefined ? '' : open.min ? `above ${min}` : `of at least ${min}`;
  const upper = max === undefined ? '' : open.max ? `below ${max}` : `at most ${max}`;
  const both = [lower, upper].filter((part) => part !== '').join(' and ');
  return both === '' ? '' : ` ${both}`;
};

const describeNumber = (shape: NumberShape): string =>
  `${shape.integer ? 'a whole number' : 'a number'}${range(shape)}${shape.multipleOf === undefined ? '' : `, a multiple of ${shape.multipleOf}`}`;

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six'];
const count = (n: number): string => WORDS[n] ?? String(n);

const plural = (shape: ValueShape): string => {
  switch (shape.kind) {
    case 'number':
      return `${shape.integer ? 'whole numbers' : 'numbers'}${range(shape)}`;
    case 'string':
      return 'names';
    case 'enum':
      return `values out of ${shape.values.join(', ')}`;
    case 'choice':
      return shape.options.map(plural).join(' or ');
    default:
      return `values, each ${describeValue(shape)}`;
  }
};

/** "one of a, b, or true or false" would read badly. */
const truthFirst = (options: readonly ValueShape[]): readonly ValueShape[] =>
  options.toSorted((a, b) => Number(b.kind === 'boolean') - Number(a.kind === 'boolean'));

/** What a flag expects, to be read after "takes": `a whole number from 1 to 10`. */
export const describeValue = (shape: ValueShape): string => {
  switch (shape.kind) {
    case 'none':
      return 'none';
    case 'boolean':
      return 'true or false';
    case 'number':
      return describeNumber(shape);
    case 'string':
      return 'text';
    case 'enum':
      return shape.values.length === 1 ? String(shape.values[0]) : `one of ${shape.values.join(', ')}`;
    case 'list': {
      const least = shape.min > 0 ? `${count(shape.min)} or more ` : '';
      return `${least}${plural(shape.item)} separated by commas`;
    }
    case 'tuple': {
      const numbers = shape.items.every((item) => item.kind === 'number');
      const [first = { kind: 'string' }] = shape.items;
      return numbers
        ? `${count(shape.items.length)} ${plural(first)} separated by ${shape.items.length === 2 ? 'a comma' : 'commas'} (one stands for ${shape.items.length === 2 ? 'both' : 'all'})`
        : `${shape.items.map(describeValue).join(' and ')}, separated by commas`;
    }
    case 'map':
      return `name=value pairs separated by commas, each value ${describeValue(shape.value)}`;
    case 'choice':
      return truthFirst(shape.options)
        .map((option) => describeValue(option).replace(/ \(one stands for \w+\)$/, ''))
        .join(', or ');
    case 'json':
      return 'a JSON value';
  }
};

/** The alternatives but for true and false, which a flag says by standing alone; all of them when there are no others. */
const valuesOf = (options: readonly ValueShape[]): readonly ValueShape[] => {
  const others = options.filter(({ kind }) => kind !== 'boolean');
  return others.some(({ kind }) => kind !== 'none') ? others : options;
};

/** The placeholder of a flag's value in help. */
export const placeholderOf = (shape: ValueShape): string => {
  switch (shape.kind) {
    case 'none':
      return 'none';
    case 'boolean':
      return 'true|false';
    case 'number':
      return 'n';
    case 'string':
      return 'text';
    case 'enum':
      return shape.values.join('|');
    case 'list':
      return `${placeholderOf(shape.item)},…`;
    case 'tuple':
      return shape.items.length === 2 && shape.items.every((item) => item.kind === 'number' && item.integer)
        ? 'h,w'
        : shape.items.map(placeholderOf).join(',');
    case 'map':
      return 'name=value,…';
    case 'choice':
      return [...new Set(valuesOf(shape.options).map(placeholderOf))].join('|');
    case 'json':
      return 'json';
  }
};
