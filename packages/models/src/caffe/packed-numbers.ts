/** The numbers of a weight as they stand in a file: little-endian, in one or several pieces, which are read when they are needed. */
export interface PackedNumbers {
  /** Bytes of one number: 4 for floats, 8 for doubles. */
  readonly width: 4 | 8;
  readonly pieces: readonly Uint8Array[];
}

export const countOf = ({ width, pieces }: PackedNumbers): number => pieces.reduce((sum, { length }) => sum + length, 0) / width;

/** All numbers in single precision. */
export const toFloats = (numbers: PackedNumbers): Float32Array => {
  const bytes = joined(numbers.pieces);
  return numbers.width === 4 ? new Float32Array(bytes.buffer) : Float32Array.from(new Float64Array(bytes.buffer));
};

/** A copy that starts at offset 0 of its buffer, as typed arrays need it. */
const joined = (pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const result = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    result.set(piece, at);
    at += piece.length;
  }
  return result;
};

export const fromFloats = (values: Float32Array): PackedNumbers => ({
  width: 4,
  pieces: [new Uint8Array(values.buffer, values.byteOffset, values.byteLength)],
});
