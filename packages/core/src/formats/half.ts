/** Bit pattern of the half-precision number nearest to a single-precision bit pattern; ties to even, overflow to infinity. */
export const halfFromSingleBits = (bits: number): number => {
  const sign = (bits >>> 16) & 0x8000;
  const exponent = (bits >>> 23) & 0xff;
  const mantissa = bits & 0x7fffff;
  if (exponent === 0xff) return sign | (mantissa === 0 ? 0x7c00 : 0x7e00);
  const scaled = exponent - 112;
  if (scaled >= 31) return sign | 0x7c00;
  if (scaled < -10) return sign;
  if (scaled <= 0) return sign | shiftRounded(mantissa | 0x800000, 14 - scaled);
  return sign | shiftRounded((scaled << 23) | mantissa, 13);
};

const shiftRounded = (value: number, shift: number): number => {
  const kept = value >>> shift;
  const rest = value & ((1 << shift) - 1);
  const middle = 1 << (shift - 1);
  return rest > middle || (rest === middle && (kept & 1) === 1) ? kept + 1 : kept;
};

/** Value of a half-precision bit pattern. */
export const halfToNumber = (bits: number): number => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const mantissa = bits & 0x3ff;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 0x1f) return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + mantissa / 1024) * 2 ** (exponent - 15);
};

/** Half-precision bit patterns of single-precision numbers, rounded to nearest even. */
export const encodeHalf = (values: Float32Array): Uint16Array => {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(bits, halfFromSingleBits);
};

/** Single-precision values of half-precision bit patterns; exact. */
export const decodeHalf = (bits: Uint16Array): Float32Array => Float32Array.from(bits, halfToNumber);
