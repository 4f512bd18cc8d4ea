import { cell, type Item, matFile, row, single, structs, text } from './mat5-writer.js';

type Fields = Readonly<Record<string, Item>>;

/** A layer of a SimpleNN network. */
export const layer = (type: string, fields: Fields = {}): Item => structs({ type: text(type), ...fields });

/** A convolution with weights that differ from each other. */
export const conv = (dims: readonly number[], fields: Fields = {}, biases = dims[3] ?? 1): Item =>
  layer('conv', { weights: cell(single(dims, Math.sin), single([1, biases], Math.cos)), ...fields });

export const simpleFile = (layers: readonly Item[], others: Fields = {}, compressed = false): Uint8Array =>
  matFile({ layers: cell(...layers), ...others }, compressed);

export interface DagDraft {
  readonly name: string;
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly params?: readonly string[];
  readonly block?: Fields;
}

const names = (values: readonly string[]): Item => cell(...values.map(text));

export const dagFile = (layers: readonly DagDraft[], params: Fields = {}, others: Fields = {}): Uint8Array =>
  matFile({
    layers: structs(
      ...layers.map(({ name, type, inputs, output, params: used = [], block = {} }) => ({
        name: text(name),
        type: text(type),
        inputs: names(inputs),
        outputs: names([output]),
        params: names(used),
        block: structs(block),
      })),
    ),
    params: structs(...Object.entries(params).map(([name, value]) => ({ name: text(name), value }))),
    ...others,
  });

export const sized = (...size: readonly number[]): Fields => ({ meta: structs({ inputSize: row(...size) }) });
