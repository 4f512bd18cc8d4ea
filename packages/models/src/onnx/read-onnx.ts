import type { ReadFormat } from '../loader/format.js';
import { decodeOnnx, externalFiles, importOnnx } from './import-onnx.js';

/** Reads an ONNX model and the files beside it that hold its weights, if there are any. */
export const readOnnx: ReadFormat = async (bytes, { path, size, read }) => {
  const file = decodeOnnx(bytes, path);
  const external = new Map<string, Uint8Array>();
  for (const name of externalFiles(file)) external.set(name, await read(name));
  return importOnnx(file, path, { external, ...(size && { size }) });
};
