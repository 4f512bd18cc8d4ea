import { type Extent, FeaturescopeError, inferShapes, isFeaturescopeError, type Network, type Shape } from '@featurescope/core';

/** A network as a file of another tool describes it. */
export interface ImportedNetwork {
  readonly network: Network;
  /** Height and width that the file declares, or at which the network was found to work. */
  readonly size: Extent;
  /** True when no other size can be fed to the whole network. */
  readonly fixedSize: boolean;
}

/** Sizes tried in turn for a file that leaves height and width open but has layers that need a certain size. */
const COMMON_SIZES = [224, 227, 32, 28, 64, 96, 128, 192, 256, 299, 384, 512];

/** Puts the file's name in front of errors about the network in it. */
const namingFile = <T>(source: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (!isFeaturescopeError(error) || !error.code.startsWith('network/')) throw error;
    throw new FeaturescopeError(error.code, `${source}: ${error.message}`, { cause: error });
  }
};

/**
 * Reads a network at its declared size, the wanted one, or the first common one that its layers accept.
 * @throws FeaturescopeError naming `source`
 */
export const atFittingSize = <T>(
  source: string,
  [height, width]: readonly [number | null, number | null],
  wanted: Extent | undefined,
  read: (size: Extent) => T,
): T => namingFile(source, () => readAtFittingSize([height, width], wanted, read));

const readAtFittingSize = <T>(
  [height, width]: readonly [number | null, number | null],
  wanted: Extent | undefined,
  read: (size: Extent) => T,
): T => {
  if (wanted || (height !== null && width !== null)) return read([height ?? wanted?.[0] ?? 1, width ?? wanted?.[1] ?? 1]);
  let problem: unknown;
  for (const size of COMMON_SIZES) {
    try {
      return read([height ?? size, width ?? size]);
    } catch (error) {
      if (!isFeaturescopeError(error) || error.code !== 'network/layer-does-not-fit') throw error;
      problem ??= error;
    }
  }
  throw problem;
};

/** Leaves height and width open when the network gives as many outputs for larger pictures. */
export const withFreeSize = (network: Network, size: Extent): ImportedNetwork => {
  const channels = network.input.shape[2];
  const main = network.outputs.at(-1) ?? '';
  const classes = ([height, width]: Extent): Shape[2] | undefined => inferShapes(network, [height, width, channels]).get(main)?.[2];
  let free = false;
  try {
    free = classes(size) === classes([2 * size[0] + 1, 2 * size[1] + 1]);
  } catch (error) {
    if (!isFeaturescopeError(error)) throw error;
  }
  if (!free) return { network, size, fixedSize: true };
  return { network: { ...network, input: { ...network.input, shape: [null, null, channels] } }, size, fixedSize: false };
};
