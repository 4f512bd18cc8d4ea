import { FeaturescopeError, type LayerName } from '@featurescope/core';

const NAME = 'evolution';

export const nothingToLookAt = () =>
  new FeaturescopeError(
    'evolution/no-data',
    `${NAME}: no pictures were given; name a data set with --dataset (a folder, a .zip file or a .npy batch), or pictures as inputs.`,
  );

export const noCheckpoints = (pattern: string) =>
  new FeaturescopeError(
    'evolution/no-checkpoints',
    `${NAME}: there are no checkpoints in "${pattern}". Expected a folder or a glob with models (.onnx, .safetensors, model.json), files, or names such as photonet@all; --watch waits for the first.`,
  );

export const otherNetwork = (checkpoint: string, layer: LayerName, channels: number, expected: number) =>
  new FeaturescopeError(
    'evolution/other-network',
    `${NAME}: layer "${layer}" of ${checkpoint} has ${channels} units, but ${expected} at the other checkpoints. Expected checkpoints of one training; name the units to follow with --units.`,
  );
