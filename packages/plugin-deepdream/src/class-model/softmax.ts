/** exp(s_k) / Σ_j exp(s_j), without overflow. */
export function softmax(scores: Float32Array): Float64Array {
  const top = scores.reduce((max, score) => Math.max(max, score), Number.NEGATIVE_INFINITY);
  const powers = Float64Array.from(scores, (score) => Math.exp(score - top));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** A class among the most probable ones. */
export interface Ranked {
  readonly class: number;
  readonly probability: number;
}

/**
 * The `count` most probable classes, the most probable one first, those of equal score in the order of the classes. They are ranked by their
 * scores, since small probabilities are no longer told apart once the network is sure.
 */
export function topClasses(scores: Float32Array, count: number): Ranked[] {
  const probabilities = softmax(scores);
  return Array.from(scores.keys())
    .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b)
    .slice(0, count)
    .map((k) => ({ class: k, probability: probabilities[k] ?? 0 }));
}
