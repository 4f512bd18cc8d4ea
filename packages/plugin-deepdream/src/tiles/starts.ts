import { badShift, overlapTooLarge } from './errors.js';

/**
 * Where tiles of `size` begin along an axis: at multiples of size − overlap, the last one moved back to the border, so that
 * they cover it (the tiles of neural-dream). `shift`, below size − overlap, moves the grid towards 0 and the
 * first tile back inside. One tile where the axis is not longer than it. @throws FeaturescopeError for an overlap or a
 * shift that is too large
 */
export function tileStarts(length: number, size: number, overlap: number, shift = 0): number[] {
  const stride = size - overlap;
  if (!(stride > 0)) throw overlapTooLarge([overlap, overlap], [size, size]);
  if (!Number.isInteger(shift) || shift < 0 || shift >= stride) throw badShift(shift, stride);
  const last = Math.max(length - size, 0);
  const starts = [0];
  for (let start = stride - shift; (starts.at(-1) ?? last) < last; start += stride) starts.push(Math.min(start, last));
  return starts;
}
