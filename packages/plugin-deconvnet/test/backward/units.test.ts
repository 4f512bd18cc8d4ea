import '@tensorflow/tfjs';
import { DECONVNET, GRADIENT, GUIDED, type Model } from '@featurescope/core';
import { arrayInput, testContext, tinyModel } from '@featurescope/core/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { deconvnet, gradient, guidedBackprop } from '../../src/index.js';
import { conv, dense, modelOf, networkOf, plain } from '../support/networks.js';
import { attributionOfArray, eventsOf, largest, largestDifference, metricOf, tensorsOf, wave } from '../support/run.js';

const SHAPE = [12, 10, 3] as const;
const values = wave(SHAPE);
const POLICIES = { gradient: GRADIENT, deconvnet: DECONVNET, 'guided-backprop': GUIDED };

/** The signal placed by hand at one unit, or at a whole map, and carried down. */
async function byHand(
  model: Model,
  name: keyof typeof POLICIES,
  layer: string,
  unit: number,
  at: readonly [number, number] | 'map',
  signal: 'one' | 'activation',
) {
  const picture = tf.tensor4d(values.slice(), [1, ...SHAPE]);
  const activation = (await model.activations(picture, [layer])).get(layer) as tf.Tensor4D;
  const [, , width, channels] = activation.shape;
  const a = await activation.data();
  const placed = Float32Array.from(a, (value, i) => {
    const here = i % channels === unit && (at === 'map' || Math.floor(i / channels) === at[0] * width + at[1]);
    return here ? (signal === 'one' ? 1 : value) : 0;
  });
  const seed = tf.tensor4d(placed, activation.shape);
  const result = await model.project(picture, layer, seed, POLICIES[name]);
  const data = new Float32Array(await result.data());
  tf.dispose([picture, activation, seed, result]);
  return data;
}

/** Counts the passes of a model. */
function counted(model: Model) {
  const calls = { forward: 0, gradient: 0 };
  const counting: Model = {
    ...model,
    activations: (...given) => {
      calls.forward++;
      return model.activations(...given);
    },
    gradient: (...given) => {
      calls.gradient++;
      return model.gradient(...given);
    },
  };
  return { counting, calls };
}

describe('the signal of a unit', () => {
  it.each([gradient, deconvnet, guidedBackprop])('is what was placed there by hand: %#', async (method) => {
    const model = await tinyModel();
    const name = method.visualizer.name as keyof typeof POLICIES;
    let nonzero = 0;
    for (const signal of ['one', 'activation'] as const)
      for (const [layer, unit, at] of [
        ['fc3', 0, [0, 0]],
        ['fc3', 2, [0, 0]],
        ['conv2', 5, [1, 3]],
        ['relu1', 2, [7, 9]],
        ['conv2', 1, 'map'],
      ] as const) {
        const where = at === 'map' ? { wholeMap: true } : { at: [...at] as [number, number] };
        const { data } = await attributionOfArray(method({ layer, unit, ...where, signal }), model, SHAPE, values);
        const expected = await byHand(model, name, layer, unit, at, signal);
        expect(largestDifference(data, expected)).toBeLessThan(1e-6 * Math.max(largest(expected), 1));
        if (largest(expected) > 1e-4) nonzero++;
      }
    expect(nonzero).toBeGreaterThan(6);
    model.dispose();
  });

  it('starts from the strongest class, channel and position, found in as few passes as it takes', async () => {
    const model = await tinyModel();
    const cases = [
      [{ class: 1 }, { forward: 0, gradient: 1 }],
      [{}, { forward: 0, gradient: 1 }],
      [{ of: 'probabilities' }, { forward: 0, gradient: 1 }],
      [{ signal: 'activation' }, { forward: 0, gradient: 1 }],
      [
        { layer: 'conv2', unit: 3, at: [1, 1] },
        { forward: 0, gradient: 1 },
      ],
      [
        { layer: 'conv2', unit: 3, wholeMap: true },
        { forward: 0, gradient: 1 },
      ],
      [{ layer: 'conv2' }, { forward: 1, gradient: 1 }],
      [
        { layer: 'conv2', units: [0, 1, 2, 3, 4] },
        { forward: 1, gradient: 1 },
      ],
      [
        { layer: 'conv2', units: [0, 1, 2, 3, 4], batchSize: 2 },
        { forward: 1, gradient: 3 },
      ],
    ] as const;
    for (const [options, passes] of cases) {
      const { counting, calls } = counted(model);
      await eventsOf(gradient(options as Parameters<typeof gradient>[0]), counting, SHAPE, values);
      expect([options, calls]).toEqual([options, passes]);
    }
    model.dispose();
  });

  it('finds the strongest class within the pass as a forward pass would, the first of equals', async () => {
    for (const seed of [1, 2, 3, 4]) {
      const network = networkOf(3, [conv('c', [3, 3], 4), plain('relu', 'r'), plain('globalAvgPool', 'g'), dense('d', 6)]);
      const drawn = await modelOf(network, SHAPE, { seed });
      // Classes 2 and 4 are copies of 1.
      const weights = new Map(
        [...drawn.network.weights].map(([name, { shape, data }]) => [
          name,
          { shape, data: /^d\//.test(name) ? data.map((_, i) => data[[2, 4].includes(i % 6) ? i - (i % 6) + 1 : i] ?? 0) : data },
        ]),
      );
      const model = await modelOf({ ...network, weights }, SHAPE);
      const picture = tf.tensor4d(values.slice(), [1, ...SHAPE]);
      const scores = (await model.activations(picture, ['d'])).get('d') as tf.Tensor4D;
      const numbers = [...(await scores.data())];
      tf.dispose([picture, scores]);
      const events = await eventsOf(guidedBackprop(), model, SHAPE, values);
      const strongest = numbers.indexOf(Math.max(...numbers));
      expect(tensorsOf(events)[0]?.unit).toBe(strongest);
      expect(metricOf(events, 'target')).toBeCloseTo(numbers[strongest] ?? 0, 5);
      const named = await attributionOfArray(guidedBackprop({ class: strongest }), model, SHAPE, values);
      expect(tensorsOf(events)[0]?.data).toEqual(named.data);
      for (const one of [drawn, model]) one.dispose();
    }
  });
});

describe('results that cannot be read', () => {
  it.each([{}, { class: 1 }, { layer: 'conv2' }] as const)('leave no tensor behind: %j', async (options) => {
    const model = await tinyModel();
    const planned = new Error('planned');
    const unreadable = (tensor: tf.Tensor4D) => void Object.assign(tensor, { data: async () => Promise.reject(planned) });
    const before = tf.memory().numTensors;
    for (const part of ['gradient', 'activations'] as const) {
      const failing: Model = {
        ...model,
        activations: async (...given) => {
          const found = await model.activations(...given);
          if (part === 'activations') found.forEach(unreadable);
          return found;
        },
        gradient: async (...given) => {
          const result = await model.gradient(...given);
          if (part === 'gradient') unreadable(result.gradient);
          else result.activations.forEach(unreadable);
          return result;
        },
      };
      const run = eventsOf(gradient(options as Parameters<typeof gradient>[0]), failing, SHAPE, values);
      // A class that is given needs no activation.
      if (part === 'activations' && 'class' in options) await run;
      else await expect(run).rejects.toBe(planned);
      expect(tf.memory().numTensors).toBe(before);
    }
    model.dispose();
  });
});

describe('the activation of the strongest class as the signal', () => {
  it.each([0, -50])('is carried down as that of the class by its name, also when it is negative: bias %i', async (bias) => {
    const network = networkOf(3, [conv('c', [3, 3], 4), plain('relu', 'r'), plain('globalAvgPool', 'g'), dense('d', 6)]);
    const drawn = await modelOf(network, SHAPE);
    const shifted = new Map([...drawn.network.weights, ['d/bias', { shape: [6], data: new Float32Array(6).fill(bias) }] as const]);
    const model = await modelOf({ ...network, weights: shifted }, SHAPE);
    for (const method of [gradient, deconvnet, guidedBackprop]) {
      const open = await attributionOfArray(method({ signal: 'activation' }), model, SHAPE, values);
      const named = await attributionOfArray(method({ class: open.unit ?? -1, signal: 'activation' }), model, SHAPE, values);
      expect(largest(named.data)).toBeGreaterThan(1e-4);
      expect(largestDifference(open.data, named.data)).toBeLessThan(1e-5 * largest(named.data));
      expect(open.description).toBe(named.description);
    }
    for (const one of [drawn, model]) one.dispose();
  });
});

describe('a signal that does not reach the picture', () => {
  it('gives zeros, grey pictures and a warning', async () => {
    const network = networkOf(3, [conv('c', [3, 3], 2), plain('relu', 'r'), dense('d', 1)]);
    const drawn = await modelOf(network, SHAPE);
    const negative = new Map(
      [...drawn.network.weights].map(([name, { shape, data }]) => [
        name,
        { shape, data: name === 'd/kernel' ? data.map((w) => -Math.abs(w)) : data },
      ]),
    );
    const model = await modelOf({ ...network, weights: negative }, SHAPE);
    const events = await eventsOf(deconvnet(), model, SHAPE, values);
    expect(largest(tensorsOf(events)[0]?.data ?? [1])).toBe(0);
    expect(events.some((event) => event.type === 'warning' && /Nothing of the signal of class 0/.test(event.message))).toBe(true);
    const heat = events.find((event) => event.type === 'artifact' && event.artifact.name === 'heatmap');
    expect(heat?.type === 'artifact' && heat.artifact.kind === 'image' && new Set(heat.artifact.image.data)).toEqual(new Set([128]));
    const shown = await eventsOf(guidedBackprop({ layer: 'c' }), model, SHAPE, values);
    expect(shown.some((event) => event.type === 'warning')).toBe(false);
    for (const one of [drawn, model]) one.dispose();
  });
});

describe('a batch of units', () => {
  it('gives for each what it gives alone', async () => {
    const model = await tinyModel();
    const events = await eventsOf(
      deconvnet({ layer: 'relu2', units: [6, 0, 3, 6], batchSize: 2, signal: 'activation' }),
      model,
      SHAPE,
      values,
    );
    const all = tensorsOf(events);
    expect(all.map(({ unit }) => unit)).toEqual([6, 0, 3]);
    for (const { unit = 0, data, description } of all) {
      const alone = await attributionOfArray(deconvnet({ layer: 'relu2', unit, signal: 'activation' }), model, SHAPE, values);
      expect(largestDifference(data, alone.data)).toBeLessThan(1e-6);
      expect(description).toBe(alone.description);
    }
    const sheet = events.filter((event) => event.type === 'artifact' && event.artifact.name === 'units');
    expect(sheet).toHaveLength(1);
    model.dispose();
  });
});

describe('wrong targets', () => {
  it.each([
    [{ layer: 'conv2', unit: 8 }, /0 to 7/],
    [{ layer: 'conv2', units: [1, 8] }, /0 to 7/],
    [{ units: [1] }, /add --layer/],
    [{ layer: 'conv2', unit: 1, units: [2] }, /--units cannot be combined with --unit/],
    [{ class: 1, units: [2] }, /a class/],
    [{ layer: 'conv2', at: [0, 0], wholeMap: true }, /--whole-map/],
    [{ layer: 'conv2', unit: 1, at: [6, 0] }, /row from 0 to 5/],
    [{ layer: 'conv2', units: [1, 2], at: [0, 99] }, /column from 0 to 4/],
  ] as const)('are refused, and nothing is left behind: %j', async (options, message) => {
    const model = await tinyModel();
    const { counting, calls } = counted(model);
    const before = tf.memory().numTensors;
    const configured = deconvnet(options as Parameters<typeof deconvnet>[0]);
    const run = configured.visualizer.run(
      testContext({ model: counting, inputs: [arrayInput('array', SHAPE, values)] }),
      configured.options as never,
    );
    await expect(
      (async () => {
        for await (const _ of run);
      })(),
    ).rejects.toThrow(message);
    expect(calls).toEqual({ forward: 0, gradient: 0 });
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });
});
