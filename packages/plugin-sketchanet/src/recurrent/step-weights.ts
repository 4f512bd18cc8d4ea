import type { Packed } from './sequence.js';

/** How the steps of a sequence count in the loss. */
export interface StepWeighting {
  readonly alpha: number;
  /** `mean`: weights of a sequence are divided by their sum, so that α = 0 is the plain average; `sum`: as they are. */
  readonly weighting: 'mean' | 'sum';
}

/** w_t = exp(−α(1 − t/N)) for t = 1 … N (Sarvadevabhatla et al., ACM MM 2016): later steps count more, the last one 1. */
export const stepWeights = (length: number, { alpha, weighting }: StepWeighting): Float64Array => {
  const weights = Float64Array.from({ length }, (_, i) => Math.exp(-alpha * (1 - (i + 1) / length)));
  const sum = weighting === 'mean' ? weights.reduce((total, w) => total + w, 0) : 1;
  return weights.map((w) => w / sum);
};

/** The weight of every packed row. */
export function packedWeights({ lengths, offsets, rows }: Packed, weighting: StepWeighting): Float64Array {
  const out = new Float64Array(rows);
  lengths.forEach((length, b) => {
    stepWeights(length, weighting).forEach((weight, t) => {
      out[(offsets[t] ?? 0) + b] = weight;
    });
  });
  return out;
}
