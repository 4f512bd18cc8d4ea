/** A place, in units of the canvas. */
export type Point = readonly [x: number, y: number];

/** `similarity` turns, moves and scales around each place; `rigid` only turns and moves. */
export type DeformationKind = 'similarity' | 'rigid';

/** Exponent of the distance in the weights: 1/d⁴. */
const ALPHA = 2;
/** Keeps the weight of a control on itself finite. */
const SOFTENING = 1e-8;

/**
 * Moving least squares (Schaefer, McPhail, Warren 2006): the deformation that takes controls from `from` to `to`, and each place v by the
 * similarity or rigid motion that fits the controls best, weighted by 1/(|p − v|⁴ + 1e-8). With complex numbers,
 * f(v) = m·(v − p*) + q*, m = Σ w q̂ p̂̄ / Σ w |p̂|², and m/|m| for the rigid one. Without controls nothing moves.
 */
export function movingLeastSquares(from: readonly Point[], to: readonly Point[], kind: DeformationKind): (x: number, y: number) => Point {
  return (x, y) => {
    const weights = from.map(([px, py]) => 1 / (((px - x) ** 2 + (py - y) ** 2) ** ALPHA + SOFTENING));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (total === 0) return [x, y];
    const [px, py] = centre(from, weights, total);
    const [qx, qy] = centre(to, weights, total);
    let [real, imaginary, spread] = [0, 0, 0];
    from.forEach(([x0, y0], i) => {
      const [x1, y1] = to[i] ?? [x0, y0];
      const [ax, ay, bx, by] = [x0 - px, y0 - py, x1 - qx, y1 - qy];
      const weight = weights[i] ?? 0;
      real += weight * (bx * ax + by * ay);
      imaginary += weight * (by * ax - bx * ay);
      spread += weight * (ax * ax + ay * ay);
    });
    const length = kind === 'rigid' ? Math.hypot(real, imaginary) : spread;
    // One control, or controls that all meet, say nothing about turns.
    const [cos, sin] = length > 0 ? [real / length, imaginary / length] : [1, 0];
    const [vx, vy] = [x - px, y - py];
    // Written as what is added to v, so that v stays exactly what it is where nothing moves.
    return [x + ((cos - 1) * vx - sin * vy) + (qx - px), y + (sin * vx + (cos - 1) * vy) + (qy - py)];
  };
}

function centre(points: readonly Point[], weights: readonly number[], total: number): Point {
  let [x, y] = [0, 0];
  points.forEach((point, i) => {
    x += (weights[i] ?? 0) * point[0];
    y += (weights[i] ?? 0) * point[1];
  });
  return [x / total, y / total];
}
