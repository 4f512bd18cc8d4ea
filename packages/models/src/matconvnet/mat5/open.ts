import { invalidMatFile } from '../errors.js';
import type { MatFile, MatValue } from '../value.js';
import { type Element, Mat5Bytes } from './element.js';
import { InflationBudget, inflateStart, inflateTo } from './inflate.js';
import { matrixHead, matrixValue } from './matrix.js';
import { MI } from './types.js';

const HEADER = 128;
const MAX_VARIABLES = 1000;

/** Opens a MAT-file of version 5 (MATLAB's -v6 and -v7): lists its variables and decodes those that are asked for. @throws FeaturescopeError */
export const openMat5 = (bytes: Uint8Array, source: string): MatFile => {
  const indicator = String.fromCharCode(...bytes.subarray(126, HEADER));
  if (indicator !== 'IM' && indicator !== 'MI') throw invalidMatFile(source, 'it has no header of version 5');
  const file = new Mat5Bytes(bytes, indicator === 'IM', source);
  const budget = new InflationBudget(source, bytes.length);
  const variables = variablesIn(file, budget);
  const values = new Map<string, MatValue>();
  return {
    names: [...variables.keys()],
    variable: (name) => {
      const value = values.get(name) ?? variables.get(name)?.();
      if (value !== undefined) values.set(name, value);
      return value;
    },
    size: () => bytes.length + budget.inflated,
    close: () => values.clear(),
  };
};

const variablesIn = (file: Mat5Bytes, budget: InflationBudget): ReadonlyMap<string, () => MatValue> => {
  const { length } = file.bytes;
  const variables = new Map<string, () => MatValue>();
  let count = 0;
  for (let at = HEADER; at < length; count++) {
    const where = `variable ${count + 1}`;
    if (count >= MAX_VARIABLES) throw invalidMatFile(file.source, `it has more than ${MAX_VARIABLES} variables`);
    const element = file.element(at, length, where);
    at = element.next;
    if (element.type === MI.COMPRESSED) {
      const { name, value } = compressedVariable(file, element, budget, where);
      if (name !== '') variables.set(name, value);
    } else if (element.type === MI.MATRIX && element.length > 0) {
      const { name } = matrixHead(file, element.start, element.start + element.length, where);
      if (name !== '') variables.set(name, () => matrixValue(file, element, name));
    } else if (element.type !== MI.MATRIX) throw file.damaged(where, `is an element of type ${element.type}; expected an array`);
  }
  return variables;
};

const compressedVariable = (file: Mat5Bytes, element: Element, budget: InflationBudget, where: string) => {
  const { source, littleEndian } = file;
  const compressed = file.bytes.subarray(element.start, element.start + element.length);
  const start = new Mat5Bytes(inflateStart(compressed, source, where), littleEndian, source);
  if (start.bytes.length < 8 || start.view.getUint32(0, littleEndian) !== MI.MATRIX) throw file.damaged(where, 'holds no array');
  const size = 8 + start.view.getUint32(4, littleEndian);
  const { name } = matrixHead(start, 8, Math.min(size, start.bytes.length), where);
  const value = (): MatValue => {
    budget.spend(size, `"${name}"`);
    const whole = new Mat5Bytes(inflateTo(size, compressed, source, `"${name}"`), littleEndian, source);
    return matrixValue(whole, { type: MI.MATRIX, start: 8, length: size - 8, next: size }, name);
  };
  return { name, value };
};
