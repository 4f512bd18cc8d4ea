import type { LayerName } from '@featurescope/core';
import type { Projection } from './project.js';
import { shownValue } from './unit-artifacts.js';

/** Difference of an activation from the one recorded, relative to it, that says that something has changed. */
const TOLERANCE = 1e-3;

/** Share of a unit's strongest activation below which others differ by rounding alone. */
const NEGLIGIBLE = 1e-3;

/** Compares activations with those recorded when the pictures were looked through. */
export function changesOf(layer: LayerName) {
  const found: string[] = [];
  let compared = 0;
  return {
    /** `strongest`: the strongest activation of the unit. */
    compare({ job: { unit, strong }, value }: Projection, strongest: number): void {
      compared++;
      const scale = Math.max(Math.abs(strong.value), NEGLIGIBLE * Math.abs(strongest));
      if (Math.abs(value - strong.value) <= TOLERANCE * scale) return;
      found.push(`unit ${unit} on "${strong.name}" is ${shownValue(value)} and was ${shownValue(strong.value)}`);
    },
    /** What to warn of, if anything. */
    message: (): string | undefined =>
      found.length === 0
        ? undefined
        : `${found.length} of ${compared} strongest activations of ${layer} are not what was recorded, to within 0.1 %: ${found[0]}. Have the pictures changed?`,
  };
}
