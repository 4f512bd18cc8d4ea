import { type FileHandle, readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { decodeNpy, isFeaturescopeError, type NpyHeader, parseNpyHeader, type Shape } from '@featurescope/core';
import { badBatch, missingDataset, unreadableDataset } from '../errors.js';
import { neighbours } from '../neighbours.js';
import { sharedFile, type WithFile } from './shared-file.js';

/** Bytes in which the header of an array stands. */
const HEADER = 2 ** 16;

/** An array of several pictures that are read one by one. */
export interface Batch {
  readonly size: number;
  picture(index: number): Promise<{ readonly shape: Shape; readonly values: Float32Array }>;
}

export const isBatchFile = (path: string): boolean => extname(path).toLowerCase() === '.npy';

/** @throws FeaturescopeError when the file is not there or cannot be read */
const readable =
  (path: string, lend: WithFile): WithFile =>
  async (work) => {
    try {
      return await lend(work);
    } catch (cause) {
      if (isFeaturescopeError(cause)) throw cause;
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') throw missingDataset(path, await neighbours(path));
      throw unreadableDataset(path, cause);
    }
  };

const bytesAt = async (file: FileHandle, offset: number, length: number): Promise<Uint8Array> => {
  const bytes = new Uint8Array(length);
  const { bytesRead } = await file.read(bytes, 0, length, offset);
  return bytes.subarray(0, bytesRead);
};

/** The bytes of one picture as an array file of its own. */
const alone = ({ descr }: NpyHeader, [height, width, channels]: Shape, data: Uint8Array): Uint8Array => {
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${height}, ${width}, ${channels}), }`;
  const start = Math.ceil((text.length + 11) / 64) * 64;
  const bytes = new Uint8Array(start + data.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, (start - 10) & 255, (start - 10) >> 8]);
  bytes.set(new TextEncoder().encode(`${text.padEnd(start - 11)}\n`), 10);
  bytes.set(data, start);
  return bytes;
};

/** An array that has to be read as a whole, since its pictures do not lie one behind the other. */
const whole = async (path: string, shape: Shape): Promise<Batch['picture']> => {
  const { data } = decodeNpy(await readFile(path), path);
  const length = shape[0] * shape[1] * shape[2];
  return async (index) => ({ shape, values: data.slice(index * length, (index + 1) * length) });
};

/**
 * Opens a `.npy` file of shape [N, H, W, C], whose pictures are fed to the network as they are. One in C order is never in memory as a whole.
 * @throws FeaturescopeError when there is none, it is malformed or empty, or has another rank; on reading, when a picture is not finite
 */
export const openBatch = async (path: string): Promise<Batch> => {
  const withFile = readable(path, sharedFile(path));
  const { header, bytes } = await withFile(async (file) => ({
    header: parseNpyHeader(await bytesAt(file, 0, HEADER), path),
    bytes: (await file.stat()).size,
  }));
  const [size = 0, height = 0, width = 0, channels = 0] = header.shape;
  if (header.shape.length !== 4 || header.shape.includes(0)) throw badBatch(path, header.shape);
  const shape: Shape = [height, width, channels];
  const stride = height * width * channels * Number(header.descr.slice(2));
  if (header.fortranOrder || bytes !== header.dataStart + size * stride) return { size, picture: await whole(path, shape) };
  const picture: Batch['picture'] = async (index) => {
    const data = await withFile((file) => bytesAt(file, header.dataStart + index * stride, stride));
    return { shape, values: decodeNpy(alone(header, shape, data), `${path}[${index}]`).data };
  };
  await picture(0);
  return { size, picture };
};
