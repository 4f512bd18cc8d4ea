import { checkSamples, type Rows } from '@featurescope/core';
import { checkMembers } from './check.js';

export interface FittedWeights {
  /** One a network, at least 0, of sum 1. */
  readonly weights: Float64Array;
  /** Mean −log of the fused probability of the right class, in nats, with these weights and with equal ones. */
  readonly loss: number;
  readonly equalLoss: number;
  /** Whether no other weights would lower the loss by more than 1e-6. */
  readonly converged: boolean;
}

/** A probability of 0 would make the loss infinite. */
const SMALLEST = 1e-12;
const TOLERANCE = 1e-6;
const ITERATIONS = 20_000;

/**
 * Weights of a weighted mean of probabilities, fitted on drawings that no network was trained on: w = softmax(θ) minimises the cross-entropy
 * L(w) = −mean_i log Σ_m w_m p_m(y_i), which is convex in w, from θ = 0, the plain mean. Steps are those of EM for mixtures (Jelinek & Mercer 1980),
 * θ_m ← θ_m + log g_m with g_m = mean_i p_m(y_i) / Σ_l w_l p_l(y_i): L never rises, no step length is needed, and L is at most max g − 1 above its minimum.
 * @param members probabilities of each network, [drawings, classes]
 * @throws FeaturescopeError when members and labels do not fit
 */
export function fitWeights(members: readonly Rows[], labels: ArrayLike<number>): FittedWeights {
  const first = checkMembers(members, true);
  for (const member of members) checkSamples('Weighted mean', member, labels, first.columns);
  const right = members.map(({ data, columns }) =>
    Float64Array.from(labels, (label, i) => Math.max(data[i * columns + label] ?? 0, SMALLEST)),
  );
  let theta = new Float64Array(members.length);
  let now = evaluate(right, softmax(theta));
  const equalLoss = now.loss;
  for (let iteration = 0; iteration < ITERATIONS && Math.max(...now.gains) > 1 + TOLERANCE; iteration++) {
    theta = theta.map((value, m) => value + Math.log(now.gains[m] ?? 1));
    now = evaluate(right, softmax(theta));
  }
  return { weights: softmax(theta), loss: now.loss, equalLoss, converged: Math.max(...now.gains) <= 1 + TOLERANCE };
}

/** L and g of every network; ∂L/∂θ_m = w_m(1 − g_m). */
function evaluate(right: readonly Float64Array[], weights: Float64Array): { readonly loss: number; readonly gains: Float64Array } {
  const samples = right[0]?.length ?? 0;
  const gains = new Float64Array(right.length);
  let loss = 0;
  for (let i = 0; i < samples; i++) {
    const mixed = right.reduce((sum, p, m) => sum + (weights[m] ?? 0) * (p[i] ?? 0), 0);
    loss -= Math.log(mixed) / samples;
    right.forEach((p, m) => {
      gains[m] = (gains[m] ?? 0) + (p[i] ?? 0) / mixed / samples;
    });
  }
  return { loss, gains };
}

function softmax(theta: Float64Array): Float64Array {
  const top = Math.max(...theta);
  const powers = theta.map((v) => Math.exp(v - top));
  const sum = powers.reduce((total, v) => total + v, 0);
  return powers.map((v) => v / sum);
}
