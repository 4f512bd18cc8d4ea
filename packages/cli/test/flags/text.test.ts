import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { valueShape } from '../../src/flags/shape.js';
import { formatText, NO_VALUE, parseText } from '../../src/flags/text.js';

const read = (schema: z.ZodType, text: string): unknown => {
  const value = parseText(text, valueShape(schema));
  return value === NO_VALUE ? 'NO VALUE' : value;
};

const pair = z.tuple([z.int(), z.int()]);
const layer = z.union([z.string(), z.int().positive()]);

describe('the value of a flag', () => {
  it.each<[string, z.ZodType, string, unknown]>([
    ['a whole number', z.int(), '12', 12],
    ['a negative number', z.number(), '-0.5', -0.5],
    ['a number with exponent', z.number(), '1e-3', 0.001],
    ['no hexadecimal number', z.number(), '0x10', 'NO VALUE'],
    ['no infinity', z.number(), 'Infinity', 'NO VALUE'],
    ['no fraction for a whole number', z.int(), '1.5', 'NO VALUE'],
    ['no empty number', z.number(), '', 'NO VALUE'],
    ['true', z.boolean(), 'true', true],
    ['no other truth', z.boolean(), 'yes', 'NO VALUE'],
    ['text as it is', z.string(), 'a,b\\,c', 'a,b\\,c'],
    ['a value of an enumeration', z.enum(['switches', 'center', 'all']), 'center', 'center'],
    ['no value beside an enumeration', z.enum(['switches', 'center']), 'centre', 'NO VALUE'],
    ['a number out of an enumeration', z.union([z.literal(1), z.literal(2)]), '2', 2],
    ['a list', z.array(z.string()), 'conv1, conv2', ['conv1', 'conv2']],
    ['a list of one', z.array(z.string()), 'conv1', ['conv1']],
    ['an empty list', z.array(z.string()), '', []],
    ['a list with a comma inside', z.array(z.string()), 'a\\,b,c', ['a,b', 'c']],
    ['a list of names or indices', z.array(layer), 'conv1,3', ['conv1', 3]],
    ['no list of numbers with a word', z.array(z.number()), '1,x', 'NO VALUE'],
    ['a pair', pair, '3,4', [3, 4]],
    ['a pair from one number', pair, '3', [3, 3]],
    ['a pair written as a list of two', z.array(z.number()).length(2), '7', [7, 7]],
    ['no pair of three', pair, '3,4,5', 'NO VALUE'],
    [
      'a list of pairs',
      z.array(pair),
      '1,2;3,4',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['a name or a number', layer, '3', 3],
    ['a number or a name', layer, 'fire5/concat', 'fire5/concat'],
    ['a number or a pair', z.union([z.int(), pair]), '224', 224],
    ['a pair or a number', z.union([z.int(), pair]), '224,227', [224, 227]],
    ['a name or a list', z.union([z.string(), z.array(z.string())]), 'a,b', ['a', 'b']],
    ['a map', z.record(z.string(), z.number()), 'conv1=1,conv2=0.5', { conv1: 1, conv2: 0.5 }],
    ['no map without values', z.record(z.string(), z.number()), 'conv1', 'NO VALUE'],
    ['nothing', z.number().nullable(), 'none', null],
    ['a value through optional, default and nullable', z.int().nullable().default(3).optional(), '4', 4],
    ['a value before a transform', z.string().transform((text) => text.length), 'abc', 'abc'],
    ['a value after a preprocessing step', z.preprocess((value) => value, z.number()), '5', 5],
    ['an object', z.strictObject({ a: z.number() }), '{"a":1}', { a: 1 }],
  ])('%s', (_name, schema, text, expected) => {
    expect(read(schema, text)).toEqual(expected);
  });
});

const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
);
const word = fc.string({ minLength: 1 }).filter((text) => text === text.trim());

describe('what is formatted reads back', () => {
  const roundTrip = <T>(schema: z.ZodType, values: fc.Arbitrary<T>) =>
    fc.assert(
      fc.property(values, (value) => {
        expect(read(schema, formatText(value))).toEqual(value);
      }),
    );

  it('numbers', () => roundTrip(z.number(), number));
  it('booleans', () => roundTrip(z.boolean(), fc.boolean()));
  it('text', () => roundTrip(z.string(), fc.string()));
  it('lists of numbers', () => roundTrip(z.array(z.number()), fc.array(number)));
  it('lists of text with separators in it', () => roundTrip(z.array(z.string()), fc.array(word)));
  it('pairs', () => roundTrip(z.tuple([z.number(), z.number()]), fc.tuple(number, number)));
  it('lists of pairs', () => roundTrip(z.array(pair), fc.array(fc.tuple(fc.integer(), fc.integer()))));
  it('nullable numbers', () => roundTrip(z.number().nullable(), fc.option(number)));
  it('maps', () =>
    roundTrip(
      z.record(z.string(), z.number()),
      fc.dictionary(fc.stringMatching(/^[\w/,=;\\-]+$/), number, { minKeys: 1, noNullPrototype: true }),
    ));
});
