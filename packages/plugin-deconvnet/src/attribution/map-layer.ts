import { ancestors, inferShapes, type LayerName, type Model } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { doesNotFeed, noConvolutionalMap } from '../errors.js';

/** The layer to weigh: the given one, which must feed the target, or the last map as large as that of the last convolution with one. */
export function mapLayer(
  model: Model,
  picture: Tensor4D,
  target: LayerName,
  given: string | number | undefined,
  visualizer: string,
): LayerName {
  const below = new Set(ancestors(model.network, [target]));
  below.delete(target);
  if (given !== undefined) {
    const { name } = model.layer(given);
    if (!below.has(name)) throw doesNotFeed(visualizer, name, target, [...below]);
    return name;
  }
  const [, height, width, channels] = picture.shape;
  const shapes = inferShapes(model.network, [height, width, channels], [target]);
  const sizeOf = (name: LayerName): string => (shapes.get(name) ?? []).slice(0, 2).join();
  const feeding = model.network.layers.filter(({ name }) => below.has(name));
  const convolution = feeding.findLast(({ kind, name }) => kind === 'conv' && sizeOf(name) !== '1,1');
  const last = convolution && feeding.findLast(({ name }) => sizeOf(name) === sizeOf(convolution.name));
  if (!last) throw noConvolutionalMap(visualizer, target);
  return last.name;
}
