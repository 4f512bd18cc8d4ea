/** Numbers as a MAT-file stores them; 64-bit integers become doubles. */
export type NumberArray = Float32Array | Float64Array | Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array;

interface At {
  /** Where the value stands, in MATLAB's notation: `net.layers{3}.weights{1}`. */
  readonly path: string;
  /** As MATLAB's `size`, without trailing sizes of 1 beyond the second. */
  readonly dims: readonly number[];
}

/** A numeric or logical array, column-major; `values` decodes it. */
export interface MatNumbers extends At {
  readonly kind: 'numbers';
  values(): NumberArray;
}

/** A char array; the rows of a matrix are joined by line feeds. */
export interface MatText extends At {
  readonly kind: 'text';
  text(): string;
}

/** A cell array; items are numbered from 0, column-major, and decoded when they are asked for. */
export interface MatCell extends At {
  readonly kind: 'cell';
  at(index: number): MatValue;
}

/** A structure or an array of structures (also an object of an old-style class); fields are decoded when they are asked for. */
export interface MatStruct extends At {
  readonly kind: 'struct';
  readonly fields: readonly string[];
  /** Of the element numbered `index` from 0; undefined when there is no such field. */
  field(name: string, index?: number): MatValue | undefined;
}

/** What is not decoded: complex or sparse numbers, function handles, objects. */
export interface MatUnreadable {
  readonly kind: 'unreadable';
  readonly path: string;
  readonly what: string;
}

export type MatValue = MatNumbers | MatText | MatCell | MatStruct | MatUnreadable;

/** The variables of a MAT-file of whatever version. */
export interface MatFile {
  readonly names: readonly string[];
  /** Undefined when there is no such variable. @throws FeaturescopeError when it is damaged */
  variable(name: string): MatValue | undefined;
  /** Bytes of data that were found so far, decompressed. */
  size(): number;
  close(): void;
}

/** Number of elements. */
export const countOf = ({ dims }: { readonly dims: readonly number[] }): number => dims.reduce((product, size) => product * size, 1);

/** Whether it is `[]`, `{}` or `''`, which MATLAB writes for what was left out. */
export const isEmpty = (value: MatValue): boolean => value.kind !== 'unreadable' && countOf(value) === 0;

/** What a value is, for messages: `a cell array of 1×3`. */
export const describeValue = (value: MatValue): string => {
  switch (value.kind) {
    case 'numbers':
      return `an array of ${value.dims.join('×')}`;
    case 'text':
      return 'text';
    case 'cell':
      return `a cell array of ${value.dims.join('×')}`;
    case 'struct':
      return `a structure of ${value.dims.join('×')}`;
    case 'unreadable':
      return value.what;
  }
};
