import { posix, win32 } from 'node:path';
import type { ModelPlace } from '../loader/format.js';
import { decodeCaffeBlob } from './decode.js';
import { invalidMeanFile, missingMeanFile } from './errors.js';
import type { BlobProto, LayerParameter } from './messages.js';
import { toFloats } from './packed-numbers.js';
import { statedTransform } from './preprocessing.js';

/** The mean picture of the largest published networks has less than a megabyte. */
const MAX_MEAN_FILE = 256_000_000;

/** A description of pictures beside the network takes the place of what the network says. */
const DESCRIPTION = 'preprocessing.json';

/**
 * Mean of each channel, in Caffe's order, of the mean picture (`.binaryproto`) that a network names; undefined where it names none. It is
 * looked for beside the network, since the path in the file is one of the machine where it was trained.
 * @throws FeaturescopeError when it is not there, and nothing else says how pictures are prepared, or is no mean picture
 */
export const readMeanFile = async (
  layers: readonly LayerParameter[],
  { path, names, read }: Pick<ModelPlace, 'path' | 'names' | 'read'>,
): Promise<readonly number[] | undefined> => {
  const stated = statedTransform(layers)?.mean_file;
  if (stated === undefined) return undefined;
  const name = posix.basename(win32.basename(stated));
  const beside = await names();
  if (beside.includes(name)) return meanOfChannels(decodeCaffeBlob(await read(name, MAX_MEAN_FILE), name), name);
  if (beside.includes(DESCRIPTION)) return undefined;
  throw missingMeanFile(path, stated, name, DESCRIPTION);
};

/** The mean over all positions: networks are shown pictures of other sizes, too. */
const meanOfChannels = ({ shape, channels: stated, data, double_data }: BlobProto, source: string): readonly number[] => {
  const values = toFloats(data ?? double_data ?? { width: 4, pieces: [] });
  const channels = Number(shape?.dim?.at(-3) ?? stated ?? 0);
  const positions = values.length / channels;
  if (!(channels > 0 && positions > 0 && Number.isInteger(positions)))
    throw invalidMeanFile(source, `it has ${values.length} numbers for ${channels} channels`);
  const means = Array.from({ length: channels }, (_, c) => {
    let sum = 0;
    for (let i = c * positions; i < (c + 1) * positions; i++) sum += values[i] ?? 0;
    return sum / positions;
  });
  if (!means.every(Number.isFinite)) throw invalidMeanFile(source, 'its mean is not a number');
  return means;
};
