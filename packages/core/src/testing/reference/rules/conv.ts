import type { ConvLayer } from '../../../network/layer.js';
import { place, type Shape4 } from '../array4.js';
import type { LayerCall } from '../rule.js';
import { windowsOver } from '../windows.js';
import { linear } from './linear.js';

type Call = LayerCall<ConvLayer>;

const axes = ({ layer }: Call, [, height, width]: Shape4) =>
  windowsOver([height, width], {
    kernel: layer.kernelSize,
    stride: layer.stride,
    dilation: layer.dilation,
    padding: layer.padding,
    ceilMode: false,
  });

const outputShape = (call: Call, input: Shape4): Shape4 => {
  const [rows, columns] = axes(call, input);
  return [input[0], rows.count, columns.count, call.layer.filters];
};

function forEachProduct(call: Call, input: Shape4, visit: (output: number, input: number, kernel: number) => void): void {
  const { layer } = call;
  const [rows, columns] = axes(call, input);
  const output = outputShape(call, input);
  const depth = input[3] / layer.groups;
  const filtersPerGroup = layer.filters / layer.groups;
  for (let n = 0; n < input[0]; n++)
    for (let row = 0; row < rows.count; row++)
      for (let column = 0; column < columns.count; column++)
        for (let ky = 0; ky < layer.kernelSize[0]; ky++)
          for (let kx = 0; kx < layer.kernelSize[1]; kx++) {
            const y = rows.start(row) + ky * layer.dilation[0];
            const x = columns.start(column) + kx * layer.dilation[1];
            if (y < 0 || y >= input[1] || x < 0 || x >= input[2]) continue;
            for (let filter = 0; filter < layer.filters; filter++) {
              const firstChannel = Math.floor(filter / filtersPerGroup) * depth;
              for (let d = 0; d < depth; d++)
                visit(
                  place(output, n, row, column, filter),
                  place(input, n, y, x, firstChannel + d),
                  ((ky * layer.kernelSize[1] + kx) * depth + d) * layer.filters + filter,
                );
            }
          }
}

export const conv = linear<ConvLayer>({ outputShape, forEach: forEachProduct });
