import type { ModelFile } from '@featurescope/core';
import type { Precision } from '../onnx/index.js';

export interface WriteOptions {
  /** How weights are stored. */
  readonly precision: Precision;
}

/** The files of a model in a format, by name; `stem` is the name without its ending. @throws FeaturescopeError naming the layer that the format cannot express */
export type WriteFormat = (model: ModelFile, stem: string, options: WriteOptions) => ReadonlyMap<string, Uint8Array>;

/** A format that models can be converted to. */
export interface TargetFormat {
  readonly name: string;
  /** Of the files that a model can be named by. */
  readonly endings: readonly string[];
  readonly precisions: readonly Precision[];
  /** Whether preprocessing and labels are in the file itself. */
  readonly describesInput: boolean;
  /** Whether height and width can be left open; else the file is for the model's own size alone. */
  readonly anySize: boolean;
  /** Loads what writes it with the first file. */
  load(): Promise<WriteFormat>;
}
