import type { ExplicitPadding, Extent } from '@featurescope/core';
import type { CaffeLayer } from '../caffe-layer.js';

/** Sizes of a window along one axis or both, as `kernel_size`, `kernel_h` and `kernel_w` say them. */
interface Stated {
  readonly what: string;
  readonly both: readonly number[];
  readonly height: number | undefined;
  readonly width: number | undefined;
}

/** Height and width: one value for both, one for each, or the fields for one axis. Undefined when nothing is stated. */
export const extentOf = (layer: CaffeLayer, { what, both, height, width }: Stated): Extent | undefined => {
  if (height !== undefined || width !== undefined) {
    const named = `${what}_h and ${what}_w`;
    if (both.length > 0) throw layer.fail(`states its ${what} for both axes and also ${named}`);
    if (height === undefined || width === undefined) throw layer.fail(`states only one of ${named}`);
    return [height, width];
  }
  const [first, second = first] = both;
  if (first === undefined || second === undefined) return undefined;
  if (both.length > 2) throw layer.fail(`states its ${what} for ${both.length} axes; only two-dimensional maps are supported`);
  return [first, second];
};

export const symmetric = ([y, x]: Extent): ExplicitPadding => ({ top: y, left: x, bottom: y, right: x });

/** The values of a field that may be absent. */
export const listed = (value: number | undefined): readonly number[] => (value === undefined ? [] : [value]);
