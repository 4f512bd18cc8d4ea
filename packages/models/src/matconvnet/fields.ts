import type { FeaturescopeError } from '@featurescope/core';
import { unsupportedLayer } from './errors.js';
import { countOf, describeValue, isEmpty, type MatNumbers, type MatStruct, type MatValue } from './value.js';

/** No stride, padding or size has more numbers. */
const MAX_VECTOR = 16;
const MAX_TEXTS = 2 ** 16;
const MAX_NAME = 1000;

/** The fields of one structure, such as a layer's, read with checks. What MATLAB left empty counts as missing. */
export class Fields {
  constructor(
    readonly source: string,
    /** For messages: `layer 3 "conv2" (conv)`. */
    readonly who: string,
    private readonly struct: MatStruct,
    private readonly index = 0,
  ) {}

  fail(problem: string): FeaturescopeError {
    return unsupportedLayer(this.source, this.who, problem);
  }

  value(name: string): MatValue | undefined {
    const value = this.struct.field(name, this.index);
    return value === undefined || isEmpty(value) ? undefined : value;
  }

  numbers(name: string): MatNumbers | undefined {
    const value = this.value(name);
    if (value === undefined || value.kind === 'numbers') return value;
    throw this.fail(`has ${describeValue(value)} as ${name}; expected numbers`);
  }

  /** A few numbers. */
  vector(name: string): readonly number[] | undefined {
    const value = this.numbers(name);
    if (value === undefined) return undefined;
    if (countOf(value) > MAX_VECTOR) throw this.fail(`has ${describeValue(value)} as ${name}; expected at most ${MAX_VECTOR} numbers`);
    return Array.from(value.values());
  }

  scalar(name: string, standard: number): number {
    const vector = this.vector(name);
    if (vector === undefined) return standard;
    const [value = standard] = vector;
    if (vector.length !== 1) throw this.fail(`has ${vector.length} numbers as ${name}; expected one`);
    return value;
  }

  text(name: string): string | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    return this.textOf(value, name);
  }

  /** A cell array of texts, or one text. */
  texts(name: string): readonly string[] {
    const value = this.value(name);
    if (value === undefined) return [];
    return value.kind === 'text'
      ? [this.textOf(value, name)]
      : this.cells(name).map((item) => (isEmpty(item) ? '' : this.textOf(item, name)));
  }

  /** The items of a cell array. */
  cells(name: string): readonly MatValue[] {
    const value = this.value(name);
    if (value === undefined) return [];
    if (value.kind !== 'cell') throw this.fail(`has ${describeValue(value)} as ${name}; expected a cell array`);
    const count = countOf(value);
    if (count > MAX_TEXTS) throw this.fail(`has ${count} items in ${name}; expected at most ${MAX_TEXTS}`);
    return Array.from({ length: count }, (_, i) => value.at(i));
  }

  /** A structure within this one. */
  inner(name: string, who = this.who): Fields | undefined {
    const value = this.value(name);
    return value?.kind === 'struct' ? new Fields(this.source, who, value) : undefined;
  }

  /** A parameter of a layer; undefined when it is empty. @throws FeaturescopeError when it is no array of numbers */
  param(value: MatValue, what: string): MatNumbers | undefined {
    if (isEmpty(value)) return undefined;
    if (value.kind === 'numbers') return value;
    const where = value.kind === 'unreadable' ? ' in the memory of the CPU' : '';
    throw this.fail(`has ${describeValue(value)} as ${what}; expected numbers${where}`);
  }

  private textOf(value: MatValue, name: string): string {
    if (value.kind !== 'text') throw this.fail(`has ${describeValue(value)} as ${name}; expected text`);
    const text = value.text();
    if (text.length > MAX_NAME) throw this.fail(`has a text of ${text.length} letters as ${name}; expected at most ${MAX_NAME}`);
    return text;
  }
}
