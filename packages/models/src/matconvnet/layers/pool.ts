import { type ConvertLayer, oneInput } from './layer-call.js';
import { extentOf, paddingOf } from './window.js';

/** `vl_nnpool`: sizes are rounded down, and a mean is taken over the positions inside the map. `size` is the field with the window. */
export const convertPool =
  (size: string): ConvertLayer =>
  (call) => {
    const { name, fields, network } = call;
    const window = {
      size: extentOf(fields, size),
      stride: extentOf(fields, 'stride', [1, 1]),
      padding: paddingOf(fields),
      ceilMode: false,
    };
    const method = fields.text('method') ?? 'max';
    switch (method) {
      case 'max':
        return network.add(name, fields, { kind: 'maxPool', ...window }, [oneInput(call)]);
      case 'avg':
        return network.add(name, fields, { kind: 'avgPool', ...window, countIncludePad: false }, [oneInput(call)]);
      default:
        throw fields.fail(`pools by the method "${method}"; expected max or avg`);
    }
  };
