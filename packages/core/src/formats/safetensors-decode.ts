import { z } from 'zod';
import { malformedFile } from './errors.js';
import { decodeHalf } from './half.js';
import type { Safetensors, TensorData } from './safetensors.js';
import { elementCount } from './sizes.js';

const MAX_HEADER_BYTES = 100_000_000;
const MAX_DIMENSIONS = 32;

const ENTRY = z.object({
  dtype: z.string(),
  shape: z.array(z.number()).max(MAX_DIMENSIONS),
  data_offsets: z.tuple([z.number(), z.number()]),
});
type Entry = z.output<typeof ENTRY>;

const METADATA = z.record(z.string(), z.string());

interface DataType {
  readonly size: number;
  /** The buffer is a copy that starts at 0. */
  read(buffer: ArrayBuffer): TensorData['data'];
}

const DATA_TYPES: ReadonlyMap<string, DataType> = new Map<string, DataType>([
  ['F64', { size: 8, read: (buffer) => new Float64Array(buffer) }],
  ['F32', { size: 4, read: (buffer) => new Float32Array(buffer) }],
  ['F16', { size: 2, read: (buffer) => decodeHalf(new Uint16Array(buffer)) }],
  ['BF16', { size: 2, read: (buffer) => new Float32Array(Uint32Array.from(new Uint16Array(buffer), (bits) => bits << 16).buffer) }],
  ['I64', { size: 8, read: (buffer) => Float64Array.from(new BigInt64Array(buffer), Number) }],
  ['I32', { size: 4, read: (buffer) => new Int32Array(buffer) }],
  ['U8', { size: 1, read: (buffer) => new Uint8Array(buffer) }],
]);

/**
 * Reads a safetensors file: F16, BF16 and F32 become `Float32Array`, F64 and I64 `Float64Array`, I32 `Int32Array`, U8 `Uint8Array`.
 * @throws FeaturescopeError naming `source` when the file is malformed or has tensors of another type
 */
export const decodeSafetensors = (bytes: Uint8Array, source: string): Safetensors => {
  const fail = (problem: string, cause?: unknown) => malformedFile(source, 'safetensors', problem, cause);
  const { header, dataStart } = readHeader(bytes, fail);

  const tensors = new Map<string, TensorData>();
  let metadata: Safetensors['metadata'] = {};
  const ranges: { readonly name: string; readonly begin: number; readonly end: number }[] = [];
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') {
      const parsed = METADATA.safeParse(value);
      if (!parsed.success) throw fail('its metadata is not a map of texts');
      metadata = parsed.data;
      continue;
    }
    const parsed = ENTRY.safeParse(value);
    if (!parsed.success) throw fail(`the header entry of the tensor "${name}" lacks a dtype, shape or pair of data_offsets`);
    const [begin, end] = parsed.data.data_offsets;
    ranges.push({ name, begin, end });
    tensors.set(name, readTensor(bytes, dataStart, name, parsed.data, fail));
  }

  let covered = 0;
  for (const { name, begin, end } of ranges.sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== covered) throw fail(`the data of the tensor "${name}" should start at ${covered}, but starts at ${begin}`);
    covered = end;
  }
  if (dataStart + covered !== bytes.length) {
    throw fail(`its tensors take ${covered} bytes, but ${bytes.length - dataStart} follow the header`);
  }
  return { tensors, metadata };
};

type Fail = (problem: string, cause?: unknown) => Error;

const readHeader = (bytes: Uint8Array, fail: Fail): { header: object; dataStart: number } => {
  if (bytes.length < 10) throw fail(`it has ${bytes.length} bytes, too few for a header`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES || length > bytes.length - 8) {
    throw fail(`its header should be ${length} bytes long, but the file has ${bytes.length}`);
  }
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length)));
    if (typeof header === 'object' && header !== null && !Array.isArray(header)) return { header, dataStart: 8 + length };
  } catch (cause) {
    throw fail('its header is not JSON', cause);
  }
  throw fail('its header is not a JSON object');
};

const readTensor = (bytes: Uint8Array, dataStart: number, name: string, entry: Entry, fail: Fail): TensorData => {
  const type = DATA_TYPES.get(entry.dtype);
  if (type === undefined) {
    throw fail(`the tensor "${name}" has the type ${entry.dtype}; readable types: ${[...DATA_TYPES.keys()].join(', ')}`);
  }
  const [begin, end] = entry.data_offsets;
  const inside = Number.isSafeInteger(begin) && Number.isSafeInteger(end) && begin >= 0 && begin <= end && dataStart + end <= bytes.length;
  if (!inside) throw fail(`the tensor "${name}" should lie at bytes ${begin} to ${end} of ${bytes.length - dataStart} data bytes`);
  const count = elementCount(entry.shape);
  if (count * type.size !== end - begin) {
    throw fail(`the tensor "${name}" of type ${entry.dtype} and shape [${entry.shape}] cannot be ${end - begin} bytes long`);
  }
  const copy = new Uint8Array(end - begin);
  copy.set(bytes.subarray(dataStart + begin, dataStart + end));
  return { shape: entry.shape, data: type.read(copy.buffer) };
};
