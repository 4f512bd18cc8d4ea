import type { ExplicitPadding, Padding } from '@featurescope/core';
import type { OnnxNode } from '../node.js';
import { type Activation, NCHW } from '../values.js';

/** The activation input of an operator that works on maps. */
export const mapInput = (node: OnnxNode): Activation => {
  const value = node.activation();
  if (value.axes.join('') === NCHW.join('')) return value;
  throw node.fail(`takes an input with the axes ${value.axes.join(', ')}; expected N, C, H, W`);
};

/** Padding of a convolution or pool from `pads` or `auto_pad`. */
export const windowPadding = (node: OnnxNode): Padding => {
  const automatic = node.text('auto_pad', 'NOTSET');
  if (automatic === 'SAME_UPPER') return 'same';
  if (automatic === 'SAME_LOWER') return 'sameLower';
  if (automatic === 'VALID') return { top: 0, left: 0, bottom: 0, right: 0 };
  if (automatic !== 'NOTSET' && automatic !== '')
    throw node.fail(`has auto_pad ${automatic}; expected NOTSET, SAME_UPPER, SAME_LOWER or VALID`);
  return explicitPadding(node, node.list('pads'));
};

const explicitPadding = (node: OnnxNode, pads: readonly number[] | undefined): ExplicitPadding => {
  if (pads === undefined || pads.length === 0) return { top: 0, left: 0, bottom: 0, right: 0 };
  const [top, left, bottom, right] = pads;
  if (pads.length !== 4 || top === undefined || left === undefined || bottom === undefined || right === undefined) {
    throw node.fail(`has ${pads.length} pads; expected four (top, left, bottom, right)`);
  }
  return { top, left, bottom, right };
};
