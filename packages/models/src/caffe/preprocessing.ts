import type { Preprocessing } from '@featurescope/core';
import type { LayerParameter } from './messages.js';

/**
 * (pixel − mean) · scale of the first layer that states it, in Caffe's order of channels.
 * Undefined where nothing is stated, or the mean is in a file of its own.
 */
export const preprocessingOf = (layers: readonly LayerParameter[], channels: number): Preprocessing | undefined => {
  const stated = layers.find(({ transform_param: t }) => t?.mean_value !== undefined || t?.scale !== undefined)?.transform_param;
  if (stated === undefined || stated.mean_file !== undefined || (channels !== 1 && channels !== 3)) return undefined;
  const { scale = 1, mean_value = [0] } = stated;
  const means = mean_value.length === 1 ? Array.from({ length: channels }, () => mean_value[0] ?? 0) : mean_value;
  if (means.length !== channels || !(scale > 0) || ![scale, ...means].every(Number.isFinite)) return undefined;
  return {
    channelOrder: channels === 3 ? 'bgr' : 'grey',
    scale,
    mean: means.map((mean) => mean * scale),
    std: means.map(() => 1),
  };
};
