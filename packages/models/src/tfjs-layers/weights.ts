import { decodeHalf, elementCount, type Weight } from '@featurescope/core';
import { invalidWeightFile } from './errors.js';
import type { WeightEntry, WeightGroup } from './schema.js';

/** Bytes of one weight file, by its path in the manifest; `limit` is the most that can be of use. */
export type ReadShard = (path: string, limit: number) => Promise<Uint8Array>;

type Decode = (buffer: ArrayBuffer) => ArrayLike<number>;

const STORED: ReadonlyMap<string, { readonly size: number; readonly decode: Decode }> = new Map([
  ['float32', { size: 4, decode: (buffer: ArrayBuffer) => new Float32Array(buffer) }],
  ['float16', { size: 2, decode: (buffer: ArrayBuffer) => decodeHalf(new Uint16Array(buffer)) }],
  ['int32', { size: 4, decode: (buffer: ArrayBuffer) => new Int32Array(buffer) }],
  ['uint16', { size: 2, decode: (buffer: ArrayBuffer) => new Uint16Array(buffer) }],
  ['uint8', { size: 1, decode: (buffer: ArrayBuffer) => new Uint8Array(buffer) }],
  ['bool', { size: 1, decode: (buffer: ArrayBuffer) => new Uint8Array(buffer) }],
]);

/** Reads all weights that the manifest lists. @throws FeaturescopeError naming the weight or file that does not fit */
export const readWeights = async (
  manifest: readonly WeightGroup[],
  source: string,
  readShard: ReadShard,
): Promise<ReadonlyMap<string, Weight>> => {
  const weights = new Map<string, Weight>();
  for (const group of manifest) {
    const sizes = group.weights.map((entry) => byteLength(entry, source));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const bytes = await readGroup(group.paths, total, source, readShard);
    let offset = 0;
    group.weights.forEach((entry, i) => {
      const end = offset + (sizes[i] ?? 0);
      weights.set(entry.name, { shape: entry.shape, data: decodeWeight(entry, bytes.slice(offset, end)) });
      offset = end;
    });
  }
  return weights;
};

const byteLength = (entry: WeightEntry, source: string): number => {
  const type = entry.quantization?.dtype ?? entry.dtype;
  const stored = STORED.get(type);
  if (stored === undefined) {
    throw invalidWeightFile(source, `the weight "${entry.name}" is stored as ${type}; expected ${[...STORED.keys()].join(', ')}`);
  }
  const count = elementCount(entry.shape);
  if (!Number.isSafeInteger(count * stored.size))
    throw invalidWeightFile(source, `the weight "${entry.name}" has the shape [${entry.shape.join(', ')}]`);
  return count * stored.size;
};

const readGroup = async (
  paths: readonly string[],
  total: number,
  source: string,
  readShard: ReadShard,
): Promise<Uint8Array<ArrayBuffer>> => {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const path of paths) {
    const part = await readShard(path, total - length);
    parts.push(part);
    length += part.length;
  }
  if (length !== total)
    throw invalidWeightFile(source, `the weight files ${paths.slice(0, 3).join(', ')} hold ${length} bytes; expected ${total}`);
  const bytes = new Uint8Array(total);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
};

const decodeWeight = ({ dtype, quantization }: WeightEntry, bytes: Uint8Array<ArrayBuffer>): Float32Array => {
  const values = STORED.get(quantization?.dtype ?? dtype)?.decode(bytes.buffer) ?? [];
  if (quantization === undefined || quantization.dtype === 'float16')
    return values instanceof Float32Array ? values : Float32Array.from(values);
  const { scale, min } = quantization;
  return Float32Array.from(values, (value) => value * scale + min);
};
