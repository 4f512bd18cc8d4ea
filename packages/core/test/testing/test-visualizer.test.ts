import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineVisualizer, l2Norm, type RunContext, type VisualizerEvent } from '../../src/index.js';
import { testVisualizer } from '../../src/testing/index.js';

const options = z.strictObject({ steps: z.number().int().min(1).default(3).describe('Steps per input') });
type Body = (context: RunContext, options: { steps: number }) => AsyncGenerator<VisualizerEvent>;
const factory = (run: Body) => defineVisualizer({ name: 'ascent', summary: 'Gradient ascent.', options, run });

/** A visualizer that keeps the rules. */
const ascent: Body = async function* ({ model, inputs, signal, random, state }, { steps }) {
  const saved = await state.load();
  const finished = saved?.[0] ?? 0;
  for (const [i, input] of inputs.entries()) {
    if (i < finished) continue;
    let image = await input.tensor(model.input);
    try {
      const noise = random.fork(input.name).fillNormal(new Float32Array(image.size), 0, 0.1);
      for (let step = 0; step < steps; step++) {
        if (signal.aborted) return;
        const { gradient, value } = await model.gradient(image, l2Norm('conv2'));
        const next = tf.tidy(
          () => tf.add(image, tf.add(gradient, tf.tensor(noise, image.shape as [number, number, number, number]))) as tf.Tensor4D,
        );
        tf.dispose([image, gradient]);
        image = next;
        yield { type: 'metric', series: `objective ${input.name}`, step, value };
        yield { type: 'progress', done: i * steps + step + 1, total: inputs.length * steps };
      }
      const [, height, width, channels] = image.shape;
      const data = Float32Array.from(await image.data());
      yield { type: 'artifact', artifact: { kind: 'tensor', name: 'ascent', input: input.name, shape: [height, width, channels], data } };
      await state.save(Uint8Array.of(i + 1));
    } finally {
      image.dispose();
    }
  }
};

testVisualizer(factory(ascent), { describe, it, options: { steps: 2 } });

/** Names of the checks that a visualizer fails. */
async function failing(run: Body): Promise<string[]> {
  const tests: [string, () => Promise<void>][] = [];
  testVisualizer(factory(run), { describe: (_, body) => body(), it: (name, body) => void tests.push([name, body]) });
  const failed: string[] = [];
  for (const [name, body] of tests) await body().catch((error: Error) => failed.push(`${name}: ${error.message}`));
  return failed;
}

const artifact = (value: number): VisualizerEvent => ({ type: 'artifact', artifact: { kind: 'json', name: 'value', value } });

describe('testVisualizer finds', () => {
  const kept: tf.Tensor[] = [];
  let counter = 0;
  const faults: Record<string, [Body, RegExp]> = {
    'a tensor left behind': [
      async function* () {
        kept.push(tf.scalar(1));
        yield { type: 'progress', done: 1, total: 1 };
        yield artifact(1);
      },
      /tensors were left behind/,
    ],
    'results that change': [
      async function* () {
        yield { type: 'progress', done: 1, total: 1 };
        yield artifact(counter++);
      },
      /differs in a second run/,
    ],
    'progress that stops short': [
      async function* () {
        yield { type: 'progress', done: 1, total: 2 };
        yield artifact(1);
      },
      /progress ends at 1 of 2/,
    ],
    'artifacts of one name': [
      async function* () {
        yield artifact(1);
        yield artifact(2);
        yield { type: 'progress', done: 1, total: 1 };
      },
      /two artifacts with the same/,
    ],
    'a deaf ear for cancelling': [
      async function* () {
        for (let i = 0; i < 20; i++) yield { type: 'progress', done: i + 1, total: 20 };
        yield artifact(1);
      },
      /events after it was cancelled/,
    ],
    'a swallowed failure': [
      async function* ({ model }) {
        const image = tf.zeros([1, 5, 4, 3]) as tf.Tensor4D;
        const activations = await model.activations(image, ['conv1']).catch(() => new Map<string, tf.Tensor>());
        tf.dispose([image, ...activations.values()]);
        yield { type: 'progress', done: 1, total: 1 };
        yield artifact(1);
      },
      /run ended well/,
    ],
    'values that are not finite': [
      async function* () {
        yield { type: 'progress', done: 1, total: 1 };
        yield { type: 'artifact', artifact: { kind: 'tensor', name: 'a', shape: [2], data: Float32Array.of(1, Number.NaN) } };
      },
      /not finite/,
    ],
  };

  it.each(Object.entries(faults))('%s', async (_, [body, expected]) => {
    expect((await failing(body)).join('\n')).toMatch(expected);
    tf.dispose(kept.splice(0));
  });

  it('nothing wrong with a good one', async () => {
    expect(await failing(ascent)).toEqual([]);
  });
});
