import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Shape } from '../../network/layer.js';
import type { Network } from '../../network/network.js';
import { inferShapes, layerByName } from '../../network/shapes.js';
import { patchOutside, unknownPatchChannel, unknownPatchLayer, wrongPatchValues } from '../errors.js';
import type { CompiledNetwork } from '../executor.js';
import { batchedPasses } from './batched.js';
import type { Patch, PatchedPasses, PatchOutput } from './patched-passes.js';

export type { Patch, PatchedPasses, PatchOutput } from './patched-passes.js';

/**
 * Passes of a picture [1, H, W, C] whose parts are replaced in turn: incremental where the executor has such passes and `manner` allows,
 * else batched. The picture may be disposed once this returns; the caller disposes the passes.
 * @throws FeaturescopeError for layers and channels that do not exist, and, on `forward`, for patches that reach beyond the picture
 */
export async function patchedPasses(
  compiled: CompiledNetwork,
  picture: Tensor4D,
  outputs: readonly PatchOutput[],
  manner: PatchedPasses['manner'] = 'incremental',
): Promise<PatchedPasses> {
  const { network } = compiled;
  const [, height, width, channels] = picture.shape;
  checkOutputs(network, [height, width, channels], outputs);
  const passes =
    manner === 'incremental' && compiled.patched
      ? await compiled.patched(picture, outputs)
      : await batchedPasses(compiled, picture, outputs);
  return {
    manner: passes.manner,
    shapes: passes.shapes,
    forward: async (patches, signal) => {
      signal?.throwIfAborted();
      return patches.length === 0
        ? outputs.map(() => new Float32Array())
        : passes.forward(checked(patches, [height, width, channels]), signal);
    },
    dispose: () => passes.dispose(),
  };
}

function checkOutputs(network: Network, picture: Shape, outputs: readonly PatchOutput[]): void {
  const names = network.layers.map(({ name }) => name);
  for (const { layer } of outputs) if (!layerByName(network, layer)) throw unknownPatchLayer(layer, names);
  const shapes = inferShapes(
    network,
    picture,
    outputs.map(({ layer }) => layer),
  );
  for (const { layer, channels = [] } of outputs) {
    const [, , all = 0] = shapes.get(layer) ?? [];
    for (const channel of channels)
      if (!Number.isInteger(channel) || channel < 0 || channel >= all) throw unknownPatchChannel(layer, channel, all);
  }
}

function checked(patches: readonly Patch[], [height, width, channels]: Shape): readonly Patch[] {
  for (const { box, values } of patches) {
    const isInside = box.top >= 0 && box.left >= 0 && box.top + box.height <= height && box.left + box.width <= width;
    if (!isInside || box.height < 1 || box.width < 1) throw patchOutside(box, [height, width]);
    const expected = box.height * box.width * channels;
    if (values.length !== expected) throw wrongPatchValues(values.length, expected);
  }
  return patches;
}
