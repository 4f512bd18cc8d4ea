/** v ← momentum · v − rate · g; w ← w + v. */
export function momentumUpdate(weight: Float32Array, gradient: Float32Array, velocity: Float32Array, rate: number, momentum: number): void {
  for (let i = 0; i < weight.length; i++) {
    const v = momentum * (velocity[i] ?? 0) - rate * (gradient[i] ?? 0);
    velocity[i] = v;
    weight[i] = (weight[i] ?? 0) + v;
  }
}
