import { defineObjective, definePlugin, defineVisualizer, toImage } from '@featurescope/core';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';

/** Mean of one channel minus the mean of all: high where this channel is active and the others are silent. */
const solo = (layer: string, channel: number) =>
  defineObjective({
    name: `solo(${layer}, ${channel})`,
    layers: [layer],
    value: (at) => tf.sub(tf.mean(tf.gather(at(layer), [channel], 3)), tf.mean(at(layer))),
  });
export const soloist = defineVisualizer({
  name: 'soloist',
  summary: 'changes a picture until one channel is active and the others are silent',
  options: z.strictObject({
    layer: z.string().describe('layer that has the channel'),
    channel: z.number().int().min(0).default(0).describe('index of the channel'),
    steps: z.number().int().min(1).default(20).describe('number of gradient steps'),
  }),
  async *run({ model, inputs, signal }, { layer, channel, steps }) {
    for (const [i, input] of inputs.entries()) {
      let picture = await input.tensor(model.input);
      try {
        for (let step = 0; step < steps; step++) {
          const { value, gradient } = await model.gradient(picture, solo(layer, channel), { signal });
          const next = tf.tidy<tf.Tensor4D>(() => tf.add(picture, tf.divNoNan(gradient, tf.mean(tf.abs(gradient)))));
          tf.dispose([picture, gradient]);
          picture = next;
          yield { type: 'metric', series: 'solo', step, value, input: input.name };
        }
        const image = toImage(await picture.data(), [picture.shape[1], picture.shape[2], picture.shape[3]], model.input);
        yield { type: 'artifact', artifact: { kind: 'image', name: 'image', image, input: input.name, layer, unit: channel } };
      } finally {
        picture.dispose();
      }
      yield { type: 'progress', done: i + 1, total: inputs.length, label: input.name };
    }
  },
});
export const plugin = definePlugin({ name: 'featurescope-plugin-soloist', visualizers: [soloist] });
