import { alternatives, FeaturescopeError, type LayerName, type Shape } from '@featurescope/core';

const NAME = 'top-activations';

export const nothingToLookAt = () =>
  new FeaturescopeError(
    'top-activations/no-data',
    `${NAME}: no pictures were given; name a data set with --dataset (a folder, a .zip file or a .npy batch), or pictures as inputs.`,
  );

export const noSuchItem = (item: number, size: number) =>
  new FeaturescopeError(
    'top-activations/no-such-item',
    `There is no picture ${item}: the inputs and the data set have ${size}. Have they changed?`,
  );

export const wrongItemChannels = (dataset: string, shape: Shape, channels: number) =>
  new FeaturescopeError(
    'top-activations/wrong-channels',
    `The arrays of the data set "${dataset}" have shape [${shape.join(', ')}], but the network takes ${channels} channel${channels === 1 ? '' : 's'}. Expected [height, width, ${channels}] each.`,
  );

export const noSuchUnit = (visualizer: string, model: string, layer: LayerName, unit: number, channels: number) =>
  new FeaturescopeError(
    'top-activations/no-such-unit',
    `${visualizer}: layer "${layer}" of ${model} has no unit ${unit}: expected channels from 0 to ${channels - 1}, or all.`,
  );

export const badShard = (given: string) =>
  new FeaturescopeError(
    'top-activations/bad-shard',
    `${NAME}: --shard was given "${given}"; expected i/n, such as 1/4 for the first of four, with i from 1 to n.`,
  );

export const shardAndMerge = () =>
  new FeaturescopeError(
    'top-activations/shard-and-merge',
    `${NAME}: --shard and --merge were both given; --shard looks at a part of the data, --merge joins the results of all parts.`,
  );

export const noState = (folder: string, found: readonly string[]) =>
  new FeaturescopeError(
    'top-activations/no-state',
    `${NAME}: the run in "${folder}" has no finished shard of ${NAME}${found.length === 0 ? '' : ` (it ran ${alternatives(found).replace(' or ', ' and ')})`}. Expected the output folder of a run with --shard.`,
  );

export const badState = (folder: string, cause?: unknown) =>
  new FeaturescopeError('top-activations/bad-state', `${NAME}: the state of the run in "${folder}" is damaged; run that shard again.`, {
    cause,
  });

export const otherState = (folder: string, differences: readonly string[]) =>
  new FeaturescopeError(
    'top-activations/other-state',
    [
      `${NAME}: the run in "${folder}" cannot be merged here, since it was started differently:`,
      ...differences.map((line) => `  ${line}`),
    ].join('\n'),
  );

export const wrongShards = (given: readonly string[], shards: number, missing: readonly number[], twice: readonly number[]) =>
  new FeaturescopeError(
    'top-activations/wrong-shards',
    `${NAME}: --merge was given the shards ${given.join(', ')}; expected each of 1/${shards} to ${shards}/${shards} once.${missing.length > 0 ? ` Missing: ${missing.join(', ')}.` : ''}${twice.length > 0 ? ` More than once: ${twice.join(', ')}.` : ''}`,
  );

export const otherSize = (visualizer: string, name: string, layer: LayerName) =>
  new FeaturescopeError(
    'top-activations/data-changed',
    `${visualizer}: "${name}" has another size than when the strongest activations of ${layer} were found: the data have changed. Start again from nothing, without --resume${visualizer === NAME ? ' or --merge' : ''}.`,
  );
