import { type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import type { LayerName, LayerOf, Shape } from '../network/layer.js';
import type { Network } from '../network/network.js';
import type { Random } from '../random.js';

/** Random factors of the dropout layers: 0 with the layer's rate, else 1 / (1 − rate). */
export interface DropoutMasks {
  /** One tensor [N, H, W, C] a layer, for a step; the caller disposes them. They depend only on the seed and the step. */
  draw(step: number): ReadonlyMap<LayerName, Tensor4D>;
}

/** Masks for batches of `size` pictures; buffers are reused from step to step. */
export function createDropoutMasks(network: Network, shapes: ReadonlyMap<LayerName, Shape>, size: number, random: Random): DropoutMasks {
  const layers = network.layers.filter((layer): layer is LayerOf<'dropout'> => layer.kind === 'dropout' && layer.rate > 0);
  const masks = layers.map(({ name, rate }) => {
    const [height, width, channels] = shapes.get(name) ?? [1, 1, 0];
    const shape: [number, number, number, number] = [size, height, width, channels];
    return { name, rate, shape, buffer: new Float32Array(size * height * width * channels) };
  });
  return {
    draw(step) {
      return new Map(
        masks.map(({ name, rate, shape, buffer }) => {
          const stream = random.fork(name).fork(step);
          const kept = 1 / (1 - rate);
          for (let i = 0; i < buffer.length; i++) buffer[i] = stream.uniform() < rate ? 0 : kept;
          return [name, tensor4d(buffer, shape)];
        }),
      );
    },
  };
}
