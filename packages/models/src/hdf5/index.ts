export type { Hdf5Dataset, Hdf5File } from './hdf5-file.js';
export { isHdf5, openHdf5 } from './open-hdf5.js';
