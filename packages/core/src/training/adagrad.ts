/**
 * G ← G + g²; w ← w − rate · g / (√G + eps), so that the first step is ±rate; `asPrinted` leaves the root out, so that
 * the first step is rate / g.
 */
export function adagradUpdate(
  weight: Float32Array,
  gradient: Float32Array,
  squares: Float32Array,
  rate: number,
  { denominator, eps }: { readonly denominator: 'sqrt' | 'asPrinted'; readonly eps: number },
): void {
  for (let i = 0; i < weight.length; i++) {
    const g = gradient[i] ?? 0;
    const sum = (squares[i] ?? 0) + g * g;
    squares[i] = sum;
    weight[i] = (weight[i] ?? 0) - (rate * g) / ((denominator === 'sqrt' ? Math.sqrt(sum) : sum) + eps);
  }
}
