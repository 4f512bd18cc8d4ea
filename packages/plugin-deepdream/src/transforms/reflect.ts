/** Where position `i` of an axis continued by reflection lies on the axis of `size` positions; the border is not repeated: … 2 1 0 1 2 …. */
export function reflected(i: number, size: number): number {
  if (i >= 0 && i < size) return i;
  if (size === 1) return 0;
  const period = 2 * (size - 1);
  const place = ((i % period) + period) % period;
  return place < size ? place : period - place;
}
