import '@tensorflow/tfjs';
import { lastValueFrom } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { definePlugin, visualizersOf } from '../../src/run/plugin.js';
import { run } from '../../src/run/run.js';
import { testContainer } from '../../src/testing/test-container.js';
import { defineVisualizer } from '../../src/visualizer/define-visualizer.js';

const named = (name: string) =>
  defineVisualizer({
    name,
    summary: name,
    options: z.strictObject({ size: z.number().default(3).describe('a size') }),
    async *run() {},
  });

describe('visualizersOf', () => {
  const [a, b, c] = [named('a'), named('b'), named('c')];
  const plugins = [definePlugin({ name: 'one', visualizers: [a, b] }), definePlugin({ name: 'two', visualizers: [b] })];

  it('lists each name once, those of plugins and those of the config', () => {
    const found = visualizersOf(plugins, [c(), b()]);
    expect(found.map(({ visualizer }) => visualizer.name).sort()).toEqual(['a', 'b', 'c']);
    expect(found.find(({ visualizer }) => visualizer.name === 'b')).toBe(b);
  });

  it('lets what is configured be configured again', () => {
    const [again] = visualizersOf([], [c({ size: 5 })]);
    expect(again?.()).toEqual({ visualizer: c.visualizer, given: {}, options: { size: 3 } });
    expect(() => again?.({ sise: 1 } as never)).toThrow(/size/);
  });

  it('prefers what the config uses where two visualizers have one name', () => {
    const other = named('a');
    expect(visualizersOf(plugins, [other()]).find(({ visualizer }) => visualizer.name === 'a')?.visualizer).toBe(other.visualizer);
  });

  it('is what a visualizer finds in its context', async () => {
    let found: readonly string[] = [];
    const curious = defineVisualizer({
      name: 'curious',
      summary: 'asks for the others',
      options: z.strictObject({}),
      async *run({ visualizers }) {
        found = visualizers.map(({ visualizer }) => visualizer.name);
      },
    });
    await lastValueFrom(run({ inputs: ['any'], visualizers: [curious()], plugins }, testContainer()));
    expect(found).toEqual(['curious', 'a', 'b']);
  });
});
