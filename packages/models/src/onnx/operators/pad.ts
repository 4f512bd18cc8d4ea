import { checkAttributes } from '@featurescope/core';
import { type Operator, one } from '../graph-builder.js';
import type { Axis } from '../values.js';

export const pad: Operator = (node, graph) => {
  const input = node.activation();
  const mode = node.text('mode', 'constant');
  if (mode !== 'constant') throw node.fail(`pads in the mode ${mode}; only constant padding is supported`);
  const pads = node.opset < 11 ? node.list('pads') : node.integers(1);
  const value = (node.opset < 11 ? node.float('value', 0) : node.scalar(2)) ?? 0;
  const rank = input.axes.length;
  const listed = node.opset < 18 ? undefined : node.integers(3);
  const axes = listed?.map((axis) => input.axes[axis < 0 ? axis + rank : axis]) ?? input.axes;
  if (pads === undefined || pads.length !== 2 * axes.length) throw node.fail(`has ${pads?.length ?? 'no'} pads for ${axes.length} axes`);

  const around = (axis: Axis): readonly [number, number] => {
    const i = axes.indexOf(axis);
    return i < 0 ? [0, 0] : [pads[i] ?? 0, pads[i + axes.length] ?? 0];
  };
  if ([...around('N'), ...around('C')].some((size) => size !== 0))
    throw node.fail('pads the batch or the channels; only height and width can be padded');
  const [top, bottom] = around('H');
  const [left, right] = around('W');
  const draft = { kind: 'pad' as const, inputs: one(input), padding: { top, left, bottom, right }, value };
  checkAttributes({ ...draft, name: node.name });
  return graph.add(node, draft, [input], input.axes);
};
