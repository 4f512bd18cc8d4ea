import { solvePositive } from './solve-positive.js';

/** Residuals whose sum of squares is to be as small as can be, within bounds. */
export interface LeastSquares {
  readonly parameters: number;
  readonly residuals: number;
  /** Smallest and largest value of each parameter; those of one may depend on the others. */
  bounds(parameters: Float64Array): { readonly low: readonly number[]; readonly high: readonly number[] };
  /** Writes the residuals and, where it is given, their derivatives [residuals, parameters]. */
  evaluate(parameters: Float64Array, residuals: Float64Array, jacobian?: Float64Array): void;
}

export interface Minimum {
  readonly parameters: Float64Array;
  /** Sum of squared residuals; never above that of the start. */
  readonly error: number;
}

const FIRST_DAMPING = 1e-2;
const MOST_DAMPING = 1e10;
/** Damping that keeps the equations solvable for a parameter without any effect. */
const FLOOR = 1e-9;

/**
 * A local minimum by the method of Levenberg (1944) and Marquardt (1963): steps that do not lower the error are taken back, each
 * parameter is damped in its own scale, and one that is pushed against a bound rests. Ends when a step gains less than 1e-10 of the error.
 */
export function levenbergMarquardt(problem: LeastSquares, start: Float64Array, iterations = 100): Minimum {
  const { parameters: n, residuals: m } = problem;
  const [residuals, trial, jacobian] = [new Float64Array(m), new Float64Array(m), new Float64Array(m * n)];
  let best = clamped(problem, start);
  problem.evaluate(best, residuals, jacobian);
  let error = squares(residuals);
  let damping = FIRST_DAMPING;
  for (let i = 0; i < iterations && error > 0 && damping < MOST_DAMPING; i++) {
    const step = dampedStep(problem, best, residuals, jacobian, damping);
    const next =
      step &&
      clamped(
        problem,
        best.map((value, j) => value + (step[j] ?? 0)),
      );
    if (next) problem.evaluate(next, trial);
    const reached = next ? squares(trial) : Number.POSITIVE_INFINITY;
    if (!next || !(reached < error)) {
      damping *= 5;
      continue;
    }
    const gain = (error - reached) / error;
    best = next;
    error = reached;
    damping = Math.max(damping / 7, 1e-12);
    if (gain < 1e-10) break;
    problem.evaluate(best, residuals, jacobian);
  }
  return { parameters: best, error };
}

/** Solves (JᵀJ + λ diag(JᵀJ)) step = −Jᵀr for the parameters that may move. */
function dampedStep(
  problem: LeastSquares,
  at: Float64Array,
  residuals: Float64Array,
  jacobian: Float64Array,
  damping: number,
): Float64Array | undefined {
  const n = problem.parameters;
  const [normal, slope] = normalEquations(n, residuals, jacobian);
  const { low, high } = problem.bounds(at);
  for (let j = 0; j < n; j++) {
    const [value, down] = [at[j] ?? 0, slope[j] ?? 0];
    const rests = (down < 0 && value <= (low[j] ?? value - 1)) || (down > 0 && value >= (high[j] ?? value + 1));
    if (rests) {
      for (let k = 0; k < n; k++) normal[j * n + k] = normal[k * n + j] = 0;
      normal[j * n + j] = 1;
      slope[j] = 0;
    } else normal[j * n + j] = (normal[j * n + j] ?? 0) * (1 + damping) + FLOOR * damping;
  }
  return solvePositive(normal, slope);
}

/** JᵀJ and −Jᵀr. */
function normalEquations(n: number, residuals: Float64Array, jacobian: Float64Array): [Float64Array, Float64Array] {
  const [normal, slope] = [new Float64Array(n * n), new Float64Array(n)];
  for (let i = 0; i < residuals.length; i++)
    for (let j = 0; j < n; j++) {
      const derivative = jacobian[i * n + j] ?? 0;
      slope[j] = (slope[j] ?? 0) - derivative * (residuals[i] ?? 0);
      for (let k = 0; k <= j; k++) normal[j * n + k] = (normal[j * n + k] ?? 0) + derivative * (jacobian[i * n + k] ?? 0);
    }
  for (let j = 0; j < n; j++) for (let k = 0; k < j; k++) normal[k * n + j] = normal[j * n + k] ?? 0;
  return [normal, slope];
}

function clamped(problem: LeastSquares, parameters: Float64Array): Float64Array {
  const { low, high } = problem.bounds(parameters);
  return parameters.map((value, j) => Math.min(Math.max(value, low[j] ?? value), high[j] ?? value));
}

const squares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);
