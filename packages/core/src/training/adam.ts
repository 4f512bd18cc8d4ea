/** m ← β₁m + (1 − β₁)g; s ← β₂s + (1 − β₂)g²; w ← w − rate · m̂ / (√ŝ + eps), with the bias-corrected m̂ and ŝ. `step` counts from 0. */
export function adamUpdate(
  weight: Float32Array,
  gradient: Float32Array,
  mean: Float32Array,
  squares: Float32Array,
  rate: number,
  { beta1, beta2, eps }: { readonly beta1: number; readonly beta2: number; readonly eps: number },
  step: number,
): void {
  const meanCorrection = 1 - beta1 ** (step + 1);
  const squareCorrection = 1 - beta2 ** (step + 1);
  for (let i = 0; i < weight.length; i++) {
    const g = gradient[i] ?? 0;
    const m = beta1 * (mean[i] ?? 0) + (1 - beta1) * g;
    const s = beta2 * (squares[i] ?? 0) + (1 - beta2) * g * g;
    mean[i] = m;
    squares[i] = s;
    weight[i] = (weight[i] ?? 0) - (rate * (m / meanCorrection)) / (Math.sqrt(s / squareCorrection) + eps);
  }
}
