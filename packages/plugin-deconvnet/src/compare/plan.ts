import type { Input, LayerName, Model, RunContext } from '@featurescope/core';
import { conflictingOptions } from '../errors.js';
import type { Method } from './methods.js';
import type { CompareOptions } from './options.js';

/** A column of a page, on one input. */
export interface Place {
  readonly input: Input;
  readonly model: Model;
  /** The strongest unit of this layer is explained. */
  readonly layer?: LayerName;
  /** Row; left out where every method has one of its own. */
  readonly line?: number;
  readonly column: number;
}

/** One grid. */
export interface Page {
  /** The input that it is about, when all cells are. */
  readonly input?: string;
  readonly columns: readonly string[];
  /** Names of the rows of a page of one method. */
  readonly lines?: readonly string[];
  readonly places: readonly Place[];
  /** Whether each column has a picture of its own, or all of a row, or of the page, have the same. */
  readonly pictures: 'columns' | 'lines' | 'one';
}

type Run = Pick<RunContext, 'inputs' | 'models' | 'model'>;

/**
 * Methods × inputs on one page; methods × layers, or × networks, on a page for each input; or one method with its inputs below each
 * other on one page. @throws FeaturescopeError when layers and several networks are asked for
 */
export function pagesOf(
  { inputs, models, model }: Run,
  methods: readonly Method[],
  options: CompareOptions,
  visualizer: string,
): readonly Page[] {
  const { layers } = options;
  if (layers && models.length > 1) throw conflictingOptions(visualizer, '--layers', 'several networks');
  for (const field of ['layer', 'unit', 'at'] as const)
    if (layers && options[field] !== undefined) throw conflictingOptions(visualizer, '--layers', `--${field}`);
  const columns: readonly Omit<Place, 'input' | 'column'>[] = layers
    ? layers.map((layer) => ({ model, layer: model.layer(layer).name }))
    : models.map((one) => ({ model: one }));
  if (!layers && models.length === 1) {
    const places = inputs.map((input, column) => ({ input, model, column }));
    return [{ columns: inputs.map(({ name }) => name), places, pictures: 'columns' }];
  }
  const titles = columns.map(({ model: { name }, layer }) => layer ?? name);
  const placesOf = (input: Input): readonly Place[] => columns.map((column, i) => ({ ...column, input, column: i }));
  if (methods.length > 1) {
    const pictures = layers ? 'one' : 'columns';
    return inputs.map((input) => ({ input: input.name, columns: titles, places: placesOf(input), pictures }));
  }
  const places = inputs.flatMap((input, line) => placesOf(input).map((place) => ({ ...place, line })));
  return [{ columns: titles, lines: inputs.map(({ name }) => name), places, pictures: 'lines' }];
}
