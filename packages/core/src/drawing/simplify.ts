import type { Stroke } from './drawing.js';

/**
 * Indices of the points that are left when those nearer than `tolerance` to the line between kept neighbours go (Ramer 1972;
 * Douglas & Peucker 1973), the first and the last included.
 */
export function simplified({ x, y }: Stroke, tolerance: number): number[] {
  const last = x.length - 1;
  const keep = new Uint8Array(x.length);
  keep[0] = keep[last] = 1;
  const open: [number, number][] = [[0, last]];
  for (let range = open.pop(); range; range = open.pop()) {
    const [from, to] = range;
    let [farthest, largest] = [-1, tolerance];
    for (let i = from + 1; i < to; i++) {
      const distance = distanceToLine(x, y, i, from, to);
      if (distance > largest) [farthest, largest] = [i, distance];
    }
    if (farthest < 0) continue;
    keep[farthest] = 1;
    open.push([from, farthest], [farthest, to]);
  }
  return Array.from(keep.keys()).filter((i) => keep[i] === 1);
}

function distanceToLine(x: Float64Array, y: Float64Array, point: number, from: number, to: number): number {
  const [ax, ay] = [x[from] ?? 0, y[from] ?? 0];
  const [dx, dy] = [(x[to] ?? 0) - ax, (y[to] ?? 0) - ay];
  const [px, py] = [(x[point] ?? 0) - ax, (y[point] ?? 0) - ay];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / squared));
  return Math.hypot(px - along * dx, py - along * dy);
}
