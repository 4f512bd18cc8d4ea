import { ambiguousClass, unknownClass } from './errors.js';

/**
 * Index of a class given by its index, its label, or one of the names in a label such as `tabby, tabby cat`. Digits are an index.
 * @throws FeaturescopeError naming the nearest labels, or the indices of an ambiguous one
 */
export function findClass(reference: string | number, model: string, classes: number, labels?: readonly string[]): number {
  const index = typeof reference === 'number' ? reference : /^\d+$/.test(reference) ? Number(reference) : undefined;
  if (index !== undefined) {
    if (Number.isInteger(index) && index >= 0 && index < classes) return index;
    throw unknownClass(model, String(reference), classes, labels);
  }
  const found = indicesOf(labels ?? [], (label) => label === reference);
  const matches = found.length > 0 ? found : indicesOf(labels ?? [], (label) => label.split(/\s*,\s*/).includes(String(reference)));
  if (matches.length > 1) throw ambiguousClass(model, String(reference), matches);
  const [match] = matches;
  if (match === undefined) throw unknownClass(model, String(reference), classes, labels);
  return match;
}

const indicesOf = (labels: readonly string[], matches: (label: string) => boolean): number[] =>
  labels.flatMap((label, i) => (matches(label) ? [i] : []));
