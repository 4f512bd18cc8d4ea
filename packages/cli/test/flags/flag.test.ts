import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { flagNotes, readFlag } from '../../src/flags/collect.js';
import { type Flag, flagsOf, isSwitch } from '../../src/flags/flag.js';
import { kebabCase } from '../../src/flags/kebab.js';
import { normalizeSwitches } from '../../src/flags/switches.js';

const options = z.strictObject({
  octaveScale: z.number().gt(1).max(10).default(1.4).describe('ratio'),
  iterations: z.int().min(1).max(100).default(10).describe('steps'),
  layers: z
    .array(z.union([z.string(), z.int()]))
    .min(1)
    .optional()
    .describe('layers'),
  window: z
    .tuple([z.int().min(1), z.int().min(1)])
    .default([32, 32])
    .describe('window'),
  maxPool: z.enum(['switches', 'center', 'all']).default('switches').describe('pool'),
  clamp: z.boolean().default(true).describe('clamp'),
  even: z
    .int()
    .refine((value) => value % 2 === 0, 'It must be even')
    .optional()
    .describe('even'),
});

const flags = flagsOf(options);
const flag = (name: string): Flag => {
  const found = flags.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};
const message = (name: string, ...texts: string[]): string => {
  try {
    return `no error: ${String(readFlag('featurescope dream', flag(name), texts))}`;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('flags of a schema', () => {
  it('have kebab-case names', () => {
    expect(flags.map(({ name }) => name)).toEqual(['octave-scale', 'iterations', 'layers', 'window', 'max-pool', 'clamp', 'even']);
    expect(['lrn', 'useHDRImage', 'top9', 'snake_case'].map(kebabCase)).toEqual(['lrn', 'use-hdr-image', 'top9', 'snake-case']);
  });

  it('tell their range and default', () => {
    expect(Object.fromEntries(flags.map((one) => [`${one.name} ${one.placeholder}`, flagNotes(one).trim()]))).toMatchInlineSnapshot(`
      {
        "clamp true|false": "(default true)",
        "even n": "(a whole number)",
        "iterations n": "(a whole number from 1 to 100; default 10)",
        "layers text|n,…": "(one or more names or whole numbers separated by commas)",
        "max-pool switches|center|all": "(default switches)",
        "octave-scale n": "(a number above 1 and at most 10; default 1.4)",
        "window h,w": "(two whole numbers of at least 1 separated by a comma (one stands for both); default 32,32)",
      }
    `);
  });

  it('are switches when they are true or false', () => {
    expect(flags.filter(isSwitch).map(({ name }) => name)).toEqual(['clamp']);
  });

  it('join a list that is given in parts, and take the last of other values', () => {
    expect(readFlag('c', flag('layers'), ['conv1', '2,conv3'])).toEqual(['conv1', 2, 'conv3']);
    expect(readFlag('c', flag('iterations'), ['1', '2'])).toBe(2);
  });

  it('name flag, value and what is expected in errors', () => {
    expect(message('octave-scale', '1')).toMatchInlineSnapshot(
      `"featurescope dream: --octave-scale is "1", but takes a number above 1 and at most 10."`,
    );
    expect(message('iterations', 'many')).toMatchInlineSnapshot(
      `"featurescope dream: --iterations is "many", but takes a whole number from 1 to 100."`,
    );
    expect(message('iterations', '1000')).toMatchInlineSnapshot(
      `"featurescope dream: --iterations is "1000", but takes a whole number from 1 to 100."`,
    );
    expect(message('layers', '')).toMatchInlineSnapshot(
      `"featurescope dream: --layers is "", but takes one or more names or whole numbers separated by commas."`,
    );
    expect(message('window', '1,2,3')).toMatchInlineSnapshot(
      `"featurescope dream: --window is "1,2,3", but takes two whole numbers of at least 1 separated by a comma (one stands for both)."`,
    );
    expect(message('max-pool', 'centre')).toMatchInlineSnapshot(
      `"featurescope dream: --max-pool is "centre", but takes one of switches, center, all. Did you mean "center"?"`,
    );
    expect(message('even', '3')).toMatchInlineSnapshot(`"featurescope dream: --even is "3", but takes a whole number. It must be even."`);
  });
});

describe('switches', () => {
  it.each([
    [['--clamp'], ['--clamp']],
    [['--no-clamp'], ['--no-clamp']],
    [
      ['--clamp', 'true', 'a.npy'],
      ['--clamp', 'a.npy'],
    ],
    [
      ['--clamp', 'false', 'a.npy'],
      ['--no-clamp', 'a.npy'],
    ],
    [['--clamp=false'], ['--no-clamp']],
    [
      ['--clamp', 'a.npy'],
      ['--clamp', 'a.npy'],
    ],
    [
      ['--', '--clamp', 'false'],
      ['--', '--clamp', 'false'],
    ],
  ])('%j', (given, expected) => {
    expect(normalizeSwitches('featurescope dream', given, flags)).toEqual(expected);
  });

  it('refuse any other value', () => {
    expect(() => normalizeSwitches('featurescope dream', ['--clamp=maybe'], flags)).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: featurescope dream: --clamp is "maybe", but takes true or false.]`,
    );
    expect(() => normalizeSwitches('featurescope dream', ['--no-clamp=true'], flags)).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: featurescope dream: --no-clamp takes no value; write --clamp true or --clamp false.]`,
    );
  });
});
