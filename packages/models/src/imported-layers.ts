import {
  checkAttributes,
  type FeaturescopeError,
  type Layer,
  outputShape,
  type Shape,
  type Weight,
  type WeightName,
} from '@featurescope/core';

type WithoutNames<L> = L extends Layer ? Omit<L, 'name' | 'inputs' | 'weightsOf'> : never;

/** A layer that is about to get a name and inputs. */
export type LayerDraft = WithoutNames<Layer>;

/** How one weight is laid out, when the whole network is known to fit. */
export interface WeightDraft {
  readonly shape: readonly number[];
  readonly compute: () => Float32Array;
}

/** Most numbers that a layer may give: a gigabyte of them. */
const MAX_ACTIVATION = 2 ** 28;

/** What a layer of a file gives. @throws FeaturescopeError when it does not fit its inputs; what `fail` makes when it would give too much */
export const checkedShape = (layer: Layer, inputs: readonly Shape[], fail: (problem: string) => FeaturescopeError): Shape => {
  checkAttributes(layer);
  const shape = outputShape(layer, inputs);
  const [height, width, channels] = shape;
  if (height * width * channels > MAX_ACTIVATION) throw fail(`would give ${shape.join('×')} numbers, more than a gigabyte`);
  return shape;
};

/** Values that a small file may ask for: scales of one for each channel, windows of a normalisation, weights that are laid out anew. */
const FREE_VALUES = 2 ** 24;

/** The weights of a network, laid out when all of its layers are known; they may not be out of all proportion to the file. */
export class PendingWeights {
  private readonly drafts: (WeightDraft & { readonly name: WeightName })[] = [];
  private left: number;

  constructor(
    fileBytes: number,
    private readonly tooLarge: () => FeaturescopeError,
  ) {
    this.left = FREE_VALUES + fileBytes;
  }

  /** Weights of the layer of this name, by parameter. */
  add(layer: string, weights: Readonly<Record<string, WeightDraft>>): void {
    for (const [parameter, weight] of Object.entries(weights)) this.drafts.push({ ...weight, name: `${layer}/${parameter}` });
  }

  /** Counts values that reading the file makes. @throws FeaturescopeError when there are too many */
  spend(values: number): void {
    this.left -= values;
    if (!(this.left >= 0)) throw this.tooLarge();
  }

  /** @throws FeaturescopeError when they are too many for the file */
  laidOut(): ReadonlyMap<WeightName, Weight> {
    for (const { shape } of this.drafts) this.spend(shape.reduce((product, size) => product * size, 1));
    return new Map(this.drafts.map(({ name, shape, compute }) => [name, { shape, data: compute() }]));
  }
}
