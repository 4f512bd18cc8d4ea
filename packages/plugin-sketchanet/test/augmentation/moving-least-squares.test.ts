import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movingLeastSquares, type Point } from '../../src/augmentation/moving-least-squares.js';

const place = fc.double({ min: 0, max: 800, noNaN: true });
const point = fc.tuple(place, place);
const controls = fc.array(point, { minLength: 2, maxLength: 8 });
const kind = fc.constantFrom('similarity' as const, 'rigid' as const);

const motion =
  (angle: number, scale: number, dx: number, dy: number) =>
  ([x, y]: Point): Point => [
    scale * (Math.cos(angle) * x - Math.sin(angle) * y) + dx,
    scale * (Math.sin(angle) * x + Math.cos(angle) * y) + dy,
  ];

/** Controls that are not all in one place, as those that say nothing about turns. */
const isSpread = (points: readonly Point[]): boolean =>
  points.some(([x, y]) => Math.hypot(x - (points[0]?.[0] ?? 0), y - (points[0]?.[1] ?? 0)) > 1);

describe('moving least squares', () => {
  it('is the identity, to the last bit, when nothing moves', () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: 8 }), kind, point, (from, how, [x, y]) => {
        expect(movingLeastSquares(from, from, how)(x, y)).toEqual([x, y]);
      }),
    );
  });

  it('reproduces a rotation with a translation exactly', () => {
    fc.assert(
      fc.property(
        controls.filter(isSpread),
        kind,
        point,
        fc.double({ min: -3, max: 3, noNaN: true }),
        place,
        place,
        (from, how, at, angle, dx, dy) => {
          const move = motion(angle, 1, dx - 400, dy - 400);
          const [x, y] = movingLeastSquares(from, from.map(move), how)(...at);
          expect(Math.hypot(x - move(at)[0], y - move(at)[1])).toBeLessThan(1e-7);
        },
      ),
    );
  });

  it('reproduces a scaling with similarities, and refuses one with rigid motions', () => {
    const from: readonly Point[] = [
      [100, 100],
      [300, 100],
      [200, 400],
    ];
    const double = motion(0.4, 2, 3, -7);
    const [x, y] = movingLeastSquares(from, from.map(double), 'similarity')(250, 220);
    expect(x).toBeCloseTo(double([250, 220])[0], 8);
    expect(y).toBeCloseTo(double([250, 220])[1], 8);
    // A rigid motion keeps the distance from the weighted centre, so that a doubled triangle does not double what lies far off.
    const rigid = movingLeastSquares(from, from.map(double), 'rigid');
    const [a, b] = [rigid(10_000, 0), rigid(10_100, 0)];
    expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeCloseTo(100, 0);
  });

  it('takes each control where it is to go', () => {
    const from: readonly Point[] = [
      [100, 100],
      [300, 100],
      [200, 400],
    ];
    const to: readonly Point[] = [
      [110, 90],
      [300, 130],
      [190, 420],
    ];
    for (const how of ['similarity', 'rigid'] as const)
      from.forEach((control, i) => {
        const [x, y] = movingLeastSquares(from, to, how)(...control);
        expect(x).toBeCloseTo(to[i]?.[0] ?? Number.NaN, 4);
        expect(y).toBeCloseTo(to[i]?.[1] ?? Number.NaN, 4);
      });
  });

  it('agrees with the matrices of Schaefer et al. (2006), eq. 6', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(point, point), { minLength: 2, maxLength: 6 }).filter((pairs) => isSpread(pairs.map(([p]) => p))),
        point,
        (pairs, v) => {
          const [x, y] = movingLeastSquares(
            pairs.map(([p]) => p),
            pairs.map(([, q]) => q),
            'similarity',
          )(...v);
          const [ex, ey] = byMatrices(pairs, v);
          expect(Math.hypot(x - ex, y - ey)).toBeLessThan(1e-5 * (1 + Math.hypot(ex, ey)));
        },
      ),
    );
  });

  it('moves all alike by one control, and nothing by none', () => {
    expect(movingLeastSquares([[1, 2]], [[4, 0]], 'rigid')(10, 10)).toEqual([13, 8]);
    expect(movingLeastSquares([], [], 'similarity')(10, 10)).toEqual([10, 10]);
  });
});

/** f(v) = Σ q̂ᵢ (1/μ) Aᵢ + q*, Aᵢ = wᵢ [p̂ᵢ; −p̂ᵢ^⊥] [v − p*; −(v − p*)^⊥]ᵀ, with row vectors and (x, y)^⊥ = (−y, x). */
function byMatrices(pairs: readonly (readonly [Point, Point])[], v: Point): Point {
  const weights = pairs.map(([p]) => 1 / (((p[0] - v[0]) ** 2 + (p[1] - v[1]) ** 2) ** 2 + 1e-8));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (which: 0 | 1): Point =>
    [0, 1].map((axis) => pairs.reduce((sum, pair, i) => sum + (weights[i] ?? 0) * (pair[which][axis] ?? 0), 0) / total) as unknown as Point;
  const [pc, qc] = [mean(0), mean(1)];
  const d: Point = [v[0] - pc[0], v[1] - pc[1]];
  let [x, y, mu] = [0, 0, 0];
  pairs.forEach(([p, q], i) => {
    const w = weights[i] ?? 0;
    const ph: Point = [p[0] - pc[0], p[1] - pc[1]];
    const qh: Point = [q[0] - qc[0], q[1] - qc[1]];
    mu += w * (ph[0] ** 2 + ph[1] ** 2);
    const top: Point = [ph[0] * d[0] + ph[1] * d[1], ph[0] * d[1] - ph[1] * d[0]];
    const bottom: Point = [ph[1] * d[0] - ph[0] * d[1], ph[1] * d[1] + ph[0] * d[0]];
    x += w * (qh[0] * top[0] + qh[1] * bottom[0]);
    y += w * (qh[0] * top[1] + qh[1] * bottom[1]);
  });
  return [x / mu + qc[0], y / mu + qc[1]];
}
