import type { Standardisation } from '@featurescope/core';
import type { RecurrentNetwork } from '../recurrent/network.js';

/**
 * The network that gives for features x what the given one gives for (x − μ) / σ: W'_ij = W_ij / σ_i and b'_j = b_j − Σ_i μ_i W'_ij for every kernel
 * that takes the input.
 */
export function foldIn(network: RecurrentNetwork, { mean, deviation }: Standardisation): RecurrentNetwork {
  const weights = new Map([...network.weights].map(([name, { shape, data }]) => [name, { shape, data: data.slice() }] as const));
  for (const [name, { data }] of weights) {
    const bias = weights.get(name.replace(/input$/, 'bias'))?.data;
    if (!name.endsWith('/input') || !bias) continue;
    const shift = new Float64Array(bias.length);
    for (let p = 0; p < data.length; p++) {
      const [i, j] = [Math.floor(p / bias.length), p % bias.length];
      const weight = (data[p] ?? 0) / (deviation[i] ?? 1);
      data[p] = weight;
      shift[j] = (shift[j] ?? 0) + weight * (mean[i] ?? 0);
    }
    for (let j = 0; j < bias.length; j++) bias[j] = (bias[j] ?? 0) - (shift[j] ?? 0);
  }
  return { ...network, weights };
}
