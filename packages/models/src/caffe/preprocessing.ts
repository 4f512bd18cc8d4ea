import type { Preprocessing } from '@featurescope/core';
import type { LayerParameter } from './messages.js';
import { isIncluded } from './phase.js';

/** What the first layer that says something about pictures says; the layers that are part of the network go before others. */
export const statedTransform = (layers: readonly LayerParameter[]): LayerParameter['transform_param'] =>
  [...layers.filter(isIncluded), ...layers].find(
    ({ transform_param: t }) => t?.mean_file !== undefined || t?.mean_value !== undefined || t?.scale !== undefined,
  )?.transform_param;

/**
 * (pixel − mean) · scale as a network states it, in Caffe's order of channels; `meanFile` holds the means of the mean picture,
 * where the network names one. Undefined where nothing is stated, or not for this number of channels.
 */
export const preprocessingOf = (
  layers: readonly LayerParameter[],
  channels: number,
  meanFile: readonly number[] | undefined,
): Preprocessing | undefined => {
  const stated = statedTransform(layers);
  if (stated === undefined || (channels !== 1 && channels !== 3)) return undefined;
  const { scale = 1, mean_value = [0] } = stated;
  const given = stated.mean_file === undefined ? mean_value : meanFile;
  if (given === undefined) return undefined;
  const means = given.length === 1 ? Array.from({ length: channels }, () => given[0] ?? 0) : given;
  if (means.length !== channels || !(scale > 0) || ![scale, ...means].every(Number.isFinite)) return undefined;
  return {
    channelOrder: channels === 3 ? 'bgr' : 'grey',
    scale,
    mean: means.map((mean) => mean * scale),
    std: means.map(() => 1),
  };
};
