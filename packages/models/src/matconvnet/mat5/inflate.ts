import { constants, inflateSync } from 'node:zlib';
import { damagedMatFile, tooLargeMatFile } from '../errors.js';

/** Compressed bytes that hold at least flags, dimensions and name of a variable; they become at most 1032 times as much. */
const START = 2 ** 9;
const FREE = 2 ** 26;
const MOST = 2 ** 30;
/** Weights hardly compress; what is worth reading does not shrink to less than an eighth. */
const MOST_RATIO = 8;

/** Counts what the compressed variables of one file become, so that a small file cannot fill the memory. */
export class InflationBudget {
  private readonly allowed: number;
  private used = 0;

  constructor(
    private readonly source: string,
    fileBytes: number,
  ) {
    this.allowed = Math.min(MOST, FREE + MOST_RATIO * fileBytes);
  }

  get inflated(): number {
    return this.used;
  }

  /** @throws FeaturescopeError when the file would become larger than it may */
  spend(bytes: number, where: string): void {
    if (this.used + bytes > this.allowed) throw tooLargeMatFile(this.source, where, this.used + bytes, this.allowed);
    this.used += bytes;
  }
}

/** The first bytes of a zlib stream, enough for the header of a variable. @throws FeaturescopeError when it is no zlib stream */
export const inflateStart = (compressed: Uint8Array, source: string, where: string): Uint8Array => {
  try {
    return inflateSync(compressed.subarray(0, START), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    throw damagedMatFile(source, where, `cannot be decompressed (${reasonOf(error)})`, error);
  }
};

/** A zlib stream that is known to become `size` bytes. @throws FeaturescopeError when it becomes more or less, or its checksum is wrong */
export const inflateTo = (size: number, compressed: Uint8Array, source: string, where: string): Uint8Array => {
  try {
    // One byte more than needed, so that it becomes one piece and needs no copy, and too long a stream is noticed.
    const bytes = inflateSync(compressed, { chunkSize: Math.max(size + 1, constants.Z_MIN_CHUNK), maxOutputLength: size });
    if (bytes.length === size) return bytes;
    throw damagedMatFile(source, where, `becomes ${bytes.length} bytes; expected ${size}`);
  } catch (error) {
    if (error instanceof Error && error.name === 'FeaturescopeError') throw error;
    if (error instanceof RangeError) throw damagedMatFile(source, where, `becomes more than the ${size} bytes that it declares`, error);
    throw damagedMatFile(source, where, `cannot be decompressed (${reasonOf(error)})`, error);
  }
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');
