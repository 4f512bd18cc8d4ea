/** x of A x = b for a symmetric positive definite A [n, n], by Cholesky decomposition; undefined when A is not. */
export function solvePositive(matrix: Float64Array, right: Float64Array): Float64Array | undefined {
  const n = right.length;
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i * n + j] ?? 0;
      for (let k = 0; k < j; k++) rest -= (lower[i * n + k] ?? 0) * (lower[j * n + k] ?? 0);
      if (i !== j) lower[i * n + j] = rest / (lower[j * n + j] ?? 1);
      else if (rest > 0) lower[i * n + i] = Math.sqrt(rest);
      else return undefined;
    }
  const solution = right.slice();
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) solution[i] = (solution[i] ?? 0) - (lower[i * n + k] ?? 0) * (solution[k] ?? 0);
    solution[i] = (solution[i] ?? 0) / (lower[i * n + i] ?? 1);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) solution[i] = (solution[i] ?? 0) - (lower[k * n + i] ?? 0) * (solution[k] ?? 0);
    solution[i] = (solution[i] ?? 0) / (lower[i * n + i] ?? 1);
  }
  return solution;
}
