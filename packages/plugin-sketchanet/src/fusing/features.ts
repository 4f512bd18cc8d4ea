import { emptyLike, fitStandardisation, type Rows, standardise } from '@featurescope/core';
import { concatenateFeatures } from '../fusion/scores.js';

/**
 * What linear classifiers are given: each column with mean 0 and the same deviation, such that a row has the mean squared length 1 and a penalty means
 * the same for any number of features. Fitted on the rows learned from.
 */
export function unitFeatures(fitted: Rows): (rows: Rows) => Rows {
  const standard = fitStandardisation(fitted);
  const factor = 1 / Math.sqrt(fitted.columns);
  return (rows) => {
    const { columns, data } = standardise(rows, standard);
    for (let i = 0; i < data.length; i++) data[i] = (data[i] ?? 0) * factor;
    return { columns, data };
  };
}

/** Features of all networks side by side, each network's divided by their root mean square on what was learned from: none outweighs another. */
export function balancedFeatures(fitted: readonly Rows[]): (members: readonly Rows[]) => Rows {
  const scales = fitted.map(({ data }) => {
    let sum = 0;
    for (const value of data) sum += value * value;
    return sum > 0 ? Math.sqrt(sum / data.length) : 1;
  });
  return (members) =>
    concatenateFeatures(
      members.map(({ columns, data }, m) => {
        const scaled = emptyLike(data, data.length);
        for (let i = 0; i < data.length; i++) scaled[i] = (data[i] ?? 0) / (scales[m] ?? 1);
        return { columns, data: scaled };
      }),
    );
}
