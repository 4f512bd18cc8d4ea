import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineVisualizer, optionDescription } from '../../src/index.js';

const dream = defineVisualizer({
  name: 'dream',
  summary: 'A test.',
  options: z.strictObject({
    layers: z
      .array(z.union([z.string(), z.number().int()]))
      .min(1)
      .default(['conv1'])
      .describe('Layers'),
    iterations: z.number().int().min(1).max(500).default(10).describe('Steps'),
    rule: z.enum(['mean-gradient', 'fixed', 'adam']).default('fixed').describe('Rule of the step'),
    at: z.tuple([z.number(), z.number()]).optional().describe('Position'),
    clamp: z.boolean().describe('Stay in range').default(true),
    decay: z.number().gt(0).optional().describe('Decay'),
  }),
  async *run() {},
});

const message = (options: unknown): string => {
  try {
    dream(options as never);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the options were taken');
};

describe('a visualizer factory', () => {
  it('fills in defaults and keeps what was given', () => {
    const { given, options, visualizer } = dream({ iterations: 3 });
    expect([given, visualizer]).toEqual([{ iterations: 3 }, dream.visualizer]);
    expect(options).toEqual({ layers: ['conv1'], iterations: 3, rule: 'fixed', clamp: true });
    expect(dream().options).toEqual({ layers: ['conv1'], iterations: 10, rule: 'fixed', clamp: true });
  });

  it('lists everything that is wrong with options', () => {
    expect(
      message({ itrations: 3, foo: 1, iterations: 1000, rule: 'adm', layers: 3, at: [1], clamp: 'yes', decay: 0 }),
    ).toMatchInlineSnapshot(`
      "Visualizer "dream" was given 8 wrong options:
        "layers": given 3, expected a list.
        "iterations": given 1000, expected a number of at most 500.
        "rule": given "adm", expected "mean-gradient", "fixed" or "adam". Did you mean "adam"?
        "at": given [1], expected at least 2 elements.
        "clamp": given "yes", expected true or false.
        "decay": given 0, expected a number greater than 0.
        "itrations" is not known. Did you mean "iterations", "layers" or "at"?
        "foo" is not known. Did you mean "at", "rule" or "clamp"?"
    `);
    expect(message({ layers: [{}] })).toMatchInlineSnapshot(`
      "Visualizer "dream" was given a wrong option:
        "layers.0": given {}, expected a text, or a number."
    `);
    expect(message({ layers: [] })).toMatchInlineSnapshot(`
      "Visualizer "dream" was given a wrong option:
        "layers": given [], expected at least 1 element."
    `);
    expect(message({ iterations: 2.5 })).toMatchInlineSnapshot(`
      "Visualizer "dream" was given a wrong option:
        "iterations": given 2.5, expected a whole number."
    `);
    expect(message(7)).toMatchInlineSnapshot(`
      "Visualizer "dream" was given a wrong option:
        the options: given 7, expected an object of options."
    `);
  });
});

describe('defineVisualizer', () => {
  const base = { name: 'x', summary: 's', async *run() {} };

  it('wants a description of every option, wherever in the schema it stands', () => {
    const options = z.strictObject({ a: z.string().default('b'), c: z.number().describe('c').optional(), d: z.number() });
    expect(() => defineVisualizer({ ...base, options })).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: Visualizer "x": every option needs a description, which is missing for a, d. Add .describe('…') to the schema.]`,
    );
    expect(optionDescription(z.number().describe('inner').default(1).optional())).toBe('inner');
  });

  it('wants strict options and a command name', () => {
    expect(() => defineVisualizer({ ...base, options: z.object({}) })).toThrow(/z\.strictObject/);
    expect(() => defineVisualizer({ ...base, name: 'My Visualizer', options: z.strictObject({}) })).toThrow(/lower-case words/);
  });
});
