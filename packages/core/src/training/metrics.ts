/**
 * Whether the label is among the k largest scores. With ties: fewer than k scores are strictly greater than the
 * label's.
 */
export function isTopK(scores: ArrayLike<number>, label: number, k: number): boolean {
  const own = scores[label] ?? Number.NEGATIVE_INFINITY;
  if (Number.isNaN(own)) return false;
  let greater = 0;
  for (let i = 0; i < scores.length; i++) if ((scores[i] ?? 0) > own) greater++;
  return greater < k;
}

/** Number of rows of `scores` [labels.length, classes] whose label is among the k largest. */
export function countTopK(scores: Float32Array, labels: ArrayLike<number>, k: number): number {
  const classes = scores.length / labels.length;
  let right = 0;
  for (let i = 0; i < labels.length; i++) if (isTopK(scores.subarray(i * classes, (i + 1) * classes), labels[i] ?? 0, k)) right++;
  return right;
}

/** −log softmax(scores)[label], without overflow. */
export function crossEntropy(scores: ArrayLike<number>, label: number): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < scores.length; i++) top = Math.max(top, scores[i] ?? 0);
  let sum = 0;
  for (let i = 0; i < scores.length; i++) sum += Math.exp((scores[i] ?? 0) - top);
  return top + Math.log(sum) - (scores[label] ?? 0);
}
