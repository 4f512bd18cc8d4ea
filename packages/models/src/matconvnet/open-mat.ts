import { invalidMatFile, oldMatFile } from './errors.js';
import { openMat5 } from './mat5/open.js';
import type { MatFile } from './value.js';

const HDF5_SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** MATLAB puts its own header of 512 bytes in front. */
const HDF5_STARTS = [0, 512];

/** Opens a MAT-file of version 5 (-v6, -v7) or 7.3. @throws FeaturescopeError when it is something else */
export const openMat = async (bytes: Uint8Array, source: string): Promise<MatFile> => {
  if (HDF5_STARTS.some((start) => HDF5_SIGNATURE.every((byte, i) => bytes[start + i] === byte))) {
    const { openMat73 } = await import('./mat73/open.js');
    return openMat73(bytes, source);
  }
  if (bytes.length < 128) throw invalidMatFile(source, `it has only ${bytes.length} bytes`);
  // The text in front of version 5 has no zeros, the numbers in front of version 4 always do.
  if (bytes.subarray(0, 4).includes(0)) throw oldMatFile(source);
  return openMat5(bytes, source);
};
