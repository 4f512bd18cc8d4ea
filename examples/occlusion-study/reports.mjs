// Numbers of the page that no table holds.
import { readFileSync } from 'node:fs';
import { tablesOf, tensorOf } from '../support/results.mjs';

const meanOf = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** How far a map that was made coarse to fine is off everywhere, against the first run, which made a pass for every position. */
export function errorsOfRefinement(folder) {
  const whole = tensorOf(folder, 1, 'score-map');
  const range = Math.max(...whole) - Math.min(...whole);
  return [2, 3, 4].map((run) => {
    const errors = tensorOf(folder, run, 'score-map').map((value, i) => Math.abs(value - whole[i]));
    const computed = tensorOf(folder, run, 'computed-map').reduce((sum, one) => sum + one, 0);
    const share = (value) => `${(100 * value).toFixed(1)} %`;
    return `run ${run}: ${computed} of ${whole.length} windows (${share(computed / whole.length)}), true error ${share(meanOf(errors) / range)} of the range on average, ${share(Math.max(...errors) / range)} at most`;
  });
}

/** How probable the class of a picture stays when it is moved, enlarged or turned. */
export function probabilitiesOfChanged(folder) {
  const [path] = tablesOf(folder, 'invariance');
  const found = new Map();
  for (const line of readFileSync(path, 'utf8').trim().split('\n').slice(1)) {
    const cells = line.split(',');
    const key = `${cells[0]}, ${cells[1]}`;
    found.set(key, [...(found.get(key) ?? []), Number(cells.at(-1))]);
  }
  return [...found].map(
    ([key, values]) => `${key}: probability ${meanOf(values).toFixed(2)} on average, at least ${Math.min(...values).toPrecision(2)}`,
  );
}
