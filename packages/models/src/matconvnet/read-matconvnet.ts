import type { ReadFormat } from '../loader/format.js';
import { importMatConvNet } from './import-matconvnet.js';
import { openMat } from './open-mat.js';

/** Reads a MatConvNet network from a MAT-file. */
export const readMatConvNet: ReadFormat = async (bytes, { path, size }) => {
  const file = await openMat(bytes, path);
  try {
    return importMatConvNet(file, path, size);
  } finally {
    file.close();
  }
};
