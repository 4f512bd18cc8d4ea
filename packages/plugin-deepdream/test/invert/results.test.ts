import { createModel, type Model } from '@featurescope/core';
import { arrayInput, bareModel, eventProblems, referenceExecutor, tinyNetwork } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { array, artifacts, distance, events, type Given, picture, SPEC, series, tensor, values, warnings } from './support.js';

describe('the results', () => {
  it('are those of each input and repeat, with starts of their own', async () => {
    const all = await events({ layer: 'relu1', iterations: 8, repeats: 2, frameEvery: 4 }, [picture('a'), picture('b')]);
    expect(eventProblems(all)).toEqual([]);
    const names = artifacts(all).map(({ name, input, layer }) => `${input} ${layer} ${name}`);
    const of = (input: string) =>
      ['input', 'image', 'reconstruction', 'loss', 'animation', 'image-2', 'reconstruction-2', 'loss-2', 'animation-2'].map(
        (name) => `${input} relu1 ${name}`,
      );
    expect(names).toEqual([...of('a'), ...of('b')]);
    expect(distance(tensor(all, 'reconstruction-2'), tensor(all))).toBeGreaterThan(0.05);
    expect(series(all, 'loss', 'a')).toHaveLength(8);
    expect(series(all, 'loss', 'b (2)')).toHaveLength(8);
    const total = all.findLast((event) => event.type === 'progress');
    expect(total).toMatchObject({ done: 32, total: 32 });
  });

  it('say how far the activation of the result is from the one looked for', async () => {
    const all = await events({ layer: 'relu1', iterations: 30 }, [picture()]);
    const { description = '' } = artifacts(all).find(({ name }) => name === 'image') ?? {};
    const [, error = '', iterations = '', first = ''] =
      /relative error (\S+) after (\d+) iterations, (\S+) at the start; λ_TV 0.483, step 0.004$/.exec(description) ?? [];
    expect(iterations).toBe('30');
    expect(Number(first)).toBeCloseTo(series(all, 'relative-error')[0] ?? 0, 1);
    // The last value of the series belongs to the picture before the last step.
    expect(Number(error) / (series(all, 'relative-error').at(-1) ?? 0)).toBeCloseTo(1, 1);
  });

  it('have a plot of the loss and its terms on a logarithmic axis', async () => {
    const plot = artifacts(await events({ layer: 'relu1', iterations: 4 })).find(({ kind }) => kind === 'plot');
    if (plot?.kind !== 'plot') throw new Error('no plot');
    expect(plot.plot).toMatchObject({ encoding: { y: { scale: { type: 'log' } } } });
    const named = new Set((plot.plot['data'] as { values: { series: string }[] }).values.map((value) => value.series));
    expect([...named]).toEqual(['loss', 'relative error', 'total variation', 'α-norm']);
  });

  it('have the size of the network, the one asked for, or that of an array', async () => {
    const shapeOf = async (given: Given, input = picture()) =>
      artifacts(await events({ layer: 'relu1', iterations: 1, ...given }, [input])).flatMap((one) =>
        one.kind === 'tensor' ? [one.shape] : [],
      )[0];
    expect(await shapeOf({})).toEqual([12, 10, 3]);
    expect(await shapeOf({ size: [9, 13] })).toEqual([9, 13, 3]);
    expect(await shapeOf({ longSide: 15 })).toEqual([10, 15, 3]);
    expect(await shapeOf({}, array())).toEqual([11, 14, 3]);
  });

  it('work for a network without preprocessing and with one channel', async () => {
    const data = Float32Array.from({ length: 48 }, (_, i) => 127.5 + 100 * Math.sin(i));
    const all = await events(
      { layer: 'conv', iterations: 150, tvWeight: 0, step: 0.02, schedule: [1] },
      [arrayInput('array', [8, 6, 1], data)],
      () => bareModel(1),
    );
    expect(series(all, 'relative-error').at(-1)).toBeLessThan(0.05 * (series(all, 'relative-error')[0] ?? 0));
  });
});

describe('what cannot work', () => {
  const dead = async (): Promise<Model> => {
    const network = tinyNetwork();
    const weights = new Map(
      [...network.weights].map(([name, weight]) => [
        name,
        name === 'conv1/bias' ? { ...weight, data: weight.data.map(() => -1e4) } : weight,
      ]),
    );
    return createModel({ name: 'dead', network: { ...network, weights }, input: SPEC, executor: referenceExecutor });
  };

  it('is a layer that is 0 throughout', async () => {
    await expect(events({ layer: 'relu1' }, [picture()], dead)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: invert: relu1 is 0 throughout on picture, so nothing of the picture is left to invert; choose a lower layer with --layer]`,
    );
    await expect(events({ layer: 'relu1', neighbourhood: 2 }, [picture()], dead)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: invert: the central 2×2 positions of relu1 are 0 throughout on picture, so nothing of the picture is left to invert; choose a lower layer with --layer, or a larger --neighbourhood]`,
    );
  });

  it('is a layer that is not there, or shares that do not match', async () => {
    await expect(events({ layer: 'rellu1' })).rejects.toThrow(/relu1/);
    await expect(events({ shares: [1, 2] })).rejects.toThrow(/--shares has 2 numbers and --schedule 3/);
  });

  it('is a step so large that the picture diverges: the run stops and says so, unless steps are limited', async () => {
    const wild: Given = { layer: 'relu1', iterations: 60, step: 5 };
    const all = await events({ ...wild, stepLimit: 0 }, [picture()]);
    expect(warnings(all)).toEqual([expect.stringMatching(/reconstruction of picture diverged .* smaller --step/)]);
    expect(warnings(all)[0]).toMatch(/--clamp$/);
    expect(eventProblems(all)).toEqual([]);
    const limited = await events(wild, [picture()]);
    expect(warnings(limited)).toEqual([]);
    expect(series(limited, 'loss')).toHaveLength(60);
  });

  it('is momentum for another step rule, and a size for an array: they are named', async () => {
    const short: Given = { layer: 'relu1', iterations: 1 };
    expect(warnings(await events({ ...short, stepRule: 'adam', momentum: 0.5 }))).toEqual([
      expect.stringContaining('--momentum has no effect'),
    ]);
    expect(
      warnings(await events({ ...short, stepRule: 'adam', stepLimit: 2, start: 'flat', startDeviation: 5, alphaWeight: 0, alpha: 2 })),
    ).toEqual([
      'invert: --start-deviation has no effect with --start flat',
      'invert: --step-limit has no effect with --step-rule adam',
      'invert: --alpha has no effect with --alpha-weight 0',
    ]);
    const bare = { ...short, layer: 'conv', tvBeta: 1, frameEvery: 0, animation: 'gif' } as const;
    const grey = arrayInput('grey', [9, 8, 1], values.slice(0, 72));
    expect(warnings(await events(bare, [grey], () => bareModel(1)))).toEqual([
      'invert: --animation has no effect with --frame-every 0',
      'invert: --tv-beta has no effect without --tv-weight where the preprocessing is not known',
    ]);
    expect(warnings(await events({ ...bare, tvWeight: 1, frameEvery: 1 }, [grey], () => bareModel(1)))).toEqual([]);
    expect(warnings(await events({ ...short, size: [9, 9] }))).toEqual([expect.stringContaining('do not apply to arrays')]);
    expect(warnings(await events(short))).toEqual([]);
  });
});
