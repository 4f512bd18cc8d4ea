import { addScaled, dot } from './rows.js';

/** A function to minimise: its value and gradient at a point. The gradient may be overwritten by the next call. */
export type Differentiable = (x: Float64Array) => { readonly value: number; readonly gradient: Float64Array };

export interface MinimiseOptions {
  readonly iterations: number;
  /** Stops when the largest entry of the gradient is this small. */
  readonly tolerance: number;
}

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly iterations: number;
  /** Whether the gradient fell below the tolerance. */
  readonly converged: boolean;
}

const MEMORY = 10;
/** Armijo's condition: the part of the predicted fall that must be reached. */
const SUFFICIENT = 1e-4;
const HALVINGS = 40;

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly curvature: number;
}

/**
 * Limited-memory BFGS (Liu & Nocedal 1989; Nocedal & Wright, Algorithms 7.4 and 7.5) with backtracking from the full step: the value never
 * rises. Without random numbers.
 */
export function minimise(f: Differentiable, start: Float64Array, { iterations, tolerance }: MinimiseOptions): Minimum {
  let x = start.slice();
  let { value, gradient } = copied(f(x));
  const pairs: Pair[] = [];
  for (let iteration = 0; iteration < iterations; iteration++) {
    if (largest(gradient) <= tolerance) return { x, value, iterations: iteration, converged: true };
    const direction = descent(gradient, pairs);
    const found = search(f, x, value, direction, dot(direction, gradient));
    if (!found) return { x, value, iterations: iteration, converged: false };
    remember(pairs, difference(found.x, x), difference(found.gradient, gradient));
    ({ x, value, gradient } = found);
  }
  return { x, value, iterations, converged: largest(gradient) <= tolerance };
}

/** −H·gradient by the two-loop recursion; −gradient, no longer than 1, before anything is known of the curvature. */
function descent(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const d = gradient.map((g) => -g);
  const newest = pairs.at(-1);
  if (!newest) return d.map((v) => v / Math.max(1, Math.sqrt(dot(gradient, gradient))));
  const factors = pairs.map(() => 0);
  for (let i = pairs.length - 1; i >= 0; i--) {
    const pair = pairs[i] ?? newest;
    const factor = dot(pair.step, d) / pair.curvature;
    factors[i] = factor;
    addScaled(d, pair.change, -factor);
  }
  const scale = newest.curvature / dot(newest.change, newest.change);
  for (let i = 0; i < d.length; i++) d[i] = (d[i] ?? 0) * scale;
  pairs.forEach((pair, i) => {
    addScaled(d, pair.step, (factors[i] ?? 0) - dot(pair.change, d) / pair.curvature);
  });
  return d;
}

function search(f: Differentiable, x: Float64Array, value: number, direction: Float64Array, slope: number) {
  let length = 1;
  for (let halving = 0; halving < HALVINGS; halving++, length /= 2) {
    const next = x.slice();
    addScaled(next, direction, length);
    const result = f(next);
    if (result.value <= value + SUFFICIENT * length * slope) return { x: next, ...copied(result) };
  }
  return undefined;
}

/** Pairs without positive curvature would make the direction point upwards. */
function remember(pairs: Pair[], step: Float64Array, change: Float64Array): void {
  const curvature = dot(step, change);
  if (curvature <= 1e-12 * dot(change, change)) return;
  pairs.push({ step, change, curvature });
  if (pairs.length > MEMORY) pairs.shift();
}

const copied = ({ value, gradient }: ReturnType<Differentiable>) => ({ value, gradient: gradient.slice() });
const largest = (values: Float64Array): number => values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
const difference = (a: Float64Array, b: Float64Array): Float64Array => a.map((v, i) => v - (b[i] ?? 0));
