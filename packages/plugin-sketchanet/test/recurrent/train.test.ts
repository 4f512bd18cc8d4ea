import { clipGradients, createRandom, strongest } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import {
  decodeRecurrent,
  encodeRecurrent,
  predictSteps,
  type RecurrentEpoch,
  type RecurrentOptions,
  type RecurrentServices,
  recurrentOptions,
  recurrentWithoutEffect,
  type TrainingSequence,
  trainRecurrent,
} from '../../src/recurrent/index.js';

/** The class is the sign of the first step alone; noise of 1 to 8 steps follows, so that it must be remembered. */
function drawings(count: number, seed: number): TrainingSequence[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const label = random.integer(0, 1);
    const steps = random.integer(2, 9);
    const data = random.fillNormal(new Float32Array(steps * 2), 0, 0.5);
    data[0] = label === 1 ? 1 : -1;
    data[1] = 3;
    return { features: { columns: 2, data }, label };
  });
}

const options = (given: object): RecurrentOptions =>
  recurrentOptions.parse({ hidden: 12, epochs: 15, batchSize: 8, optimizer: { kind: 'adam' }, learningRate: 0.02, ...given });

async function epochs(
  data: TrainingSequence[],
  given: RecurrentOptions,
  services: Partial<RecurrentServices> = {},
): Promise<(RecurrentEpoch & { saved: Uint8Array })[]> {
  const done: (RecurrentEpoch & { saved: Uint8Array })[] = [];
  for await (const event of trainRecurrent(data, 2, given, { random: createRandom(7), ...services }))
    done.push({ ...event, saved: event.save() });
  return done;
}

describe('trainRecurrent', () => {
  it.each(['gru', 'lstm'] as const)('teaches a %s to remember its first step', async (cell) => {
    const done = await epochs(drawings(96, 1), options({ cell }));
    const last = done.at(-1);
    expect(done[0]?.loss).toBeGreaterThan(2 * (last?.loss ?? 1));
    const test = drawings(60, 2);
    const steps = last
      ? predictSteps(
          last.network,
          test.map(({ features }) => features),
        )
      : [];
    const right = steps.filter((rows, i) => strongest(rows.data.subarray(-2)) === test[i]?.label).length;
    expect(right / test.length).toBeGreaterThan(0.95);
  });

  it('gives the same bytes when it is resumed, and tells that another training does not fit', async () => {
    const data = drawings(20, 3);
    const given = options({ epochs: 4, optimizer: { kind: 'adagrad', weightDecay: 1e-3 } });
    const whole = await epochs(data, given);
    const half = await epochs(data, { ...given, epochs: 2 });
    const resumed = await epochs(data, given, { resume: half.at(-1)?.saved });
    expect(resumed.map(({ epoch }) => epoch)).toEqual([3, 4]);
    expect(resumed.at(-1)?.saved).toEqual(whole.at(-1)?.saved);
    await expect(epochs(drawings(20, 4), given, { resume: half.at(-1)?.saved })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: The saved training of the recurrent network does not fit: the options or the drawings have changed. Start again without --resume, or in another output folder.]`,
    );
  });

  it('stops when asked to', async () => {
    const controller = new AbortController();
    const run = trainRecurrent(drawings(20, 3), 2, options({}), { random: createRandom(7), signal: controller.signal });
    await run.next();
    controller.abort();
    await expect(run.next()).rejects.toThrow('abort');
  });

  it('reads back what it wrote, and refuses anything else', async () => {
    const network = (await epochs(drawings(8, 5), options({ epochs: 1 }))).at(-1)?.network;
    if (!network) throw new Error('no epoch');
    expect(decodeRecurrent(encodeRecurrent(network))).toEqual(network);
    const { weights: _weights, ...sizes } = network;
    const without = { ...sizes, weights: new Map([...network.weights].slice(1)) };
    expect(() => decodeRecurrent(encodeRecurrent(without))).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: This file holds no recurrent network: the weight "gates/input" is missing or of another shape. Expected what was written by online recognition.]`,
    );
  });
});

describe('clipGradients', () => {
  it('shortens all gradients together', () => {
    const gradients = new Map([
      ['a', Float32Array.of(3, 0)],
      ['b', Float32Array.of(4)],
    ]);
    clipGradients(gradients, 10);
    expect([...(gradients.get('a') ?? [])]).toEqual([3, 0]);
    clipGradients(gradients, 1);
    expect(gradients.get('a')?.[0]).toBeCloseTo(0.6, 6);
    expect(gradients.get('b')?.[0]).toBeCloseTo(0.8, 6);
  });
});

describe('recurrentWithoutEffect', () => {
  it('names a forget bias of a GRU', () => {
    expect(recurrentWithoutEffect({ forgetBias: 2 })).toMatchInlineSnapshot(`
      [
        "forgetBias has no effect on a GRU, which has no forget gate; use cell: "lstm".",
      ]
    `);
    expect(recurrentWithoutEffect({ forgetBias: 2, cell: 'lstm' })).toEqual([]);
  });
});
