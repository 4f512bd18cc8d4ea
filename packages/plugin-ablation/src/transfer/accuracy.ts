/** Right decisions of each class in one fold. */
export interface ClassCounts {
  readonly right: readonly number[];
  readonly tested: readonly number[];
}

export function countRight(decided: ArrayLike<number>, labels: readonly number[], classes: number): ClassCounts {
  const right = Array.from({ length: classes }, () => 0);
  const tested = [...right];
  for (const [i, label] of labels.entries()) {
    tested[label] = (tested[label] ?? 0) + 1;
    if (decided[i] === label) right[label] = (right[label] ?? 0) + 1;
  }
  return { right, tested };
}

/** Mean over classes of the accuracy of each in percent, whatever their numbers of pictures (Fei-Fei et al. 2004; Zeiler & Fergus 2014, 5.2); classes without one do not count. */
export function meanAccuracy({ right, tested }: ClassCounts): number {
  const accuracies = tested.flatMap((count, label) => (count > 0 ? [(100 * (right[label] ?? 0)) / count] : []));
  return accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / accuracies.length;
}

/** Mean and standard deviation (of the sample, divided by n − 1) over folds; one fold has no deviation. */
export function overFolds(accuracies: readonly number[]): { readonly mean: number; readonly deviation?: number } {
  const count = accuracies.length;
  const mean = accuracies.reduce((sum, value) => sum + value, 0) / count;
  if (count < 2) return { mean };
  const squares = accuracies.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (count - 1)) };
}
