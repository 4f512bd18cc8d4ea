import { inferShapes, type LayerName, type RunContext, type Shape } from '@featurescope/core';
import { baselineOf } from './baseline.js';
import { mapsDiffer } from './errors.js';
import type { CorrespondenceOptions } from './options.js';
import type { MarkedPicture } from './place.js';

/** A picture as the network sees it, and what stands in place of its parts. */
export interface StudiedPicture extends MarkedPicture {
  readonly shape: Shape;
  /** [H, W, C] in the network's input units. */
  readonly values: Float32Array;
  readonly baseline: Float32Array;
}

/**
 * Reads the pictures. @throws FeaturescopeError when features of two of them cannot be compared, since arrays of several sizes give maps of
 * several sizes
 */
export async function studiedPictures(
  { model, signal }: RunContext,
  marked: readonly MarkedPicture[],
  { baseline }: Pick<CorrespondenceOptions, 'baseline'>,
  layers: readonly LayerName[],
): Promise<readonly StudiedPicture[]> {
  const pictures: StudiedPicture[] = [];
  for (const one of marked) {
    signal.throwIfAborted();
    const tensor = await one.input.tensor(model.input);
    const [, height, width, channels] = tensor.shape;
    const shape: Shape = [height, width, channels];
    const values = new Float32Array(await tensor.data().finally(() => tensor.dispose()));
    pictures.push({ ...one, shape, values, baseline: baselineOf(values, shape, baseline, one.input, model.input) });
  }
  const [first] = pictures;
  for (const { input, shape } of pictures)
    for (const [layer, map] of mapsOf(shape))
      if (first && map !== mapsOf(first.shape).get(layer)) throw mapsDiffer(layer, first.input.name, input.name);
  return pictures;

  function mapsOf(shape: Shape): ReadonlyMap<LayerName, string> {
    const shapes = inferShapes(model.network, shape, layers);
    return new Map(layers.map((layer) => [layer, String(shapes.get(layer))]));
  }
}
