import { openHdf5 } from '../../hdf5/index.js';
import type { MatFile } from '../value.js';
import { Mat73 } from './mat73.js';

/** Opens a MAT-file of version 7.3, which is an HDF5 file. @throws FeaturescopeError when it is damaged */
export const openMat73 = async (bytes: Uint8Array, source: string): Promise<MatFile> => {
  const hdf5 = await openHdf5(bytes, source);
  const file = new Mat73(hdf5, source);
  // MATLAB keeps what cells and structures point to, and objects, in groups whose names have a #.
  const names = hdf5.keys('/').filter((name) => !name.includes('#'));
  return {
    names,
    variable: (name) => (names.includes(name) ? file.value(`/${name}`, name) : undefined),
    size: () => bytes.length,
    close: () => hdf5.close(),
  };
};
