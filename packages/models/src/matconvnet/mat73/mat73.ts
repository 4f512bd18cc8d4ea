import type { Hdf5Dataset, Hdf5File } from '../../hdf5/index.js';
import { damagedMatFile } from '../errors.js';
import { rowsOfText } from '../text-rows.js';
import type { MatCell, MatStruct, MatValue } from '../value.js';

const NUMERIC: ReadonlySet<string> = new Set([
  ...['double', 'single', 'logical', 'canonical empty'],
  ...['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64'],
]);

const MAX_DIMS = 32;
const MAX_TEXT = 2 ** 21;

/** Reads MATLAB's values from an HDF5 file: their classes are attributes, dimensions come in reverse, cells are lists of references. */
export class Mat73 {
  private readonly known = new Map<string, MatValue>();

  constructor(
    private readonly hdf5: Hdf5File,
    private readonly source: string,
  ) {}

  /** The value at a place of the HDF5 file; `path` is its place in MATLAB's notation. @throws FeaturescopeError naming the path */
  value(at: string, path: string): MatValue {
    const known = this.known.get(at);
    if (known !== undefined) return known;
    const value = this.read(at, path);
    this.known.set(at, value);
    return value;
  }

  private read(at: string, path: string): MatValue {
    const kind = at === '' ? undefined : this.hdf5.kind(at);
    if (kind === undefined) throw damagedMatFile(this.source, path, 'points to nothing');
    const matlabClass = this.hdf5.attribute(at, 'MATLAB_class');
    const type = typeof matlabClass === 'string' ? matlabClass : '';
    if (kind === 'dataset') return this.ofDataset(this.hdf5.dataset(at), at, type, path);
    if (type === 'function_handle') return { kind: 'unreadable', path, what: 'a function handle' };
    if (this.hdf5.attribute(at, 'MATLAB_sparse') !== undefined) return { kind: 'unreadable', path, what: 'a sparse matrix' };
    return this.struct(at, path);
  }

  private ofDataset(dataset: Hdf5Dataset, at: string, type: string, path: string): MatValue {
    const empty = this.hdf5.attribute(at, 'MATLAB_empty');
    if (empty !== undefined && Number(empty) !== 0) return this.empty(dataset, type, path);
    const dims = matlabDims(dataset.shape);
    if (dataset.dtype === 'compound') return { kind: 'unreadable', path, what: 'complex numbers' };
    if (dataset.dtype === 'reference') return this.cell(dataset, dims, path);
    if (type === 'char') {
      const count = dims.reduce((product, size) => product * size, 1);
      if (count > MAX_TEXT) throw damagedMatFile(this.source, path, `has text of ${count} letters; expected at most ${MAX_TEXT}`);
      return { kind: 'text', path, dims, text: () => rowsOfText(dataset.text(), dims[0] ?? 1) };
    }
    if (type !== '' && !NUMERIC.has(type)) return { kind: 'unreadable', path, what: `an object of the class ${type}` };
    return { kind: 'numbers', path, dims, values: () => dataset.numbers() };
  }

  /** In place of nothing the dataset holds the dimensions. */
  private empty(dataset: Hdf5Dataset, type: string, path: string): MatValue {
    const count = dataset.shape.reduce((product, size) => product * size, 1);
    const dims = count <= MAX_DIMS ? Array.from(dataset.numbers()) : [0, 0];
    switch (type) {
      case 'char':
        return { kind: 'text', path, dims, text: () => '' };
      case 'cell':
        return { kind: 'cell', path, dims, at: (index) => this.value('', `${path}{${index + 1}}`) };
      case 'struct':
        return { kind: 'struct', path, dims, fields: [], field: () => undefined };
      default:
        return { kind: 'numbers', path, dims, values: () => new Float64Array(0) };
    }
  }

  private cell(dataset: Hdf5Dataset, dims: readonly number[], path: string): MatCell {
    let places: readonly string[] | undefined;
    return {
      kind: 'cell',
      path,
      dims,
      at: (index) => {
        places ??= dataset.references();
        return this.value(places[index] ?? '', `${path}{${index + 1}}`);
      },
    };
  }

  /** A group with a member for each field; in an array of structures each member is a list of references, without a class of its own. */
  private struct(at: string, path: string): MatStruct {
    const fields = this.hdf5.keys(at);
    const names = new Set(fields);
    const [first] = fields;
    const lists = first !== undefined && this.isList(`${at}/${first}`);
    const dims = lists ? matlabDims(this.hdf5.dataset(`${at}/${first}`).shape) : [1, 1];
    return {
      kind: 'struct',
      path,
      dims,
      fields,
      field: (name, index = 0) => {
        if (!names.has(name)) return undefined;
        const member = `${at}/${name}`;
        if (!lists) return index === 0 ? this.value(member, `${path}.${name}`) : undefined;
        const list = this.value(member, `${path}.${name}`);
        return list.kind === 'cell' ? list.at(index) : undefined;
      },
    };
  }

  private isList(at: string): boolean {
    if (this.hdf5.kind(at) !== 'dataset' || this.hdf5.dataset(at).dtype !== 'reference') return false;
    return this.hdf5.attribute(at, 'MATLAB_class') === undefined;
  }
}

const matlabDims = (shape: readonly number[]): readonly number[] => {
  const dims = [...shape].reverse();
  return dims.length === 0 ? [1, 1] : dims.length === 1 ? [...dims, 1] : dims;
};
