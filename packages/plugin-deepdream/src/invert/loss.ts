import { alphaNorm, defineObjective, featureDistance, type LayerName, type Objective, totalVariation } from '@featurescope/core';
import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { CanvasShape } from '../loop/canvas.js';
import { type GreyUnits, inGreyLevels, naturalEnergy } from './grey-units.js';

/** Weights and exponents of the penalties, as published: for grey levels around the mean. */
interface Penalties {
  readonly tvWeight: number;
  readonly tvBeta: number;
  readonly alphaWeight: number;
  readonly alpha: number;
}

/** Φ0, the activation [1, H, W, C] that is looked for. */
export interface Target {
  readonly layer: LayerName;
  readonly activation: Tensor4D;
  /** Positions on a side of the square in the middle that counts; left out: all. */
  readonly neighbourhood?: number;
}

/** The loss of an inversion, as an objective to be maximised, and the names of its terms. */
export interface InversionLoss {
  /** −(distance + (λ_TV/2) TV_β / σ² + (λ_α/2) Σ|x|^α / σ²) */
  readonly objective: Objective;
  /** Weight of each penalty in the loss, by the name of its term. */
  readonly penalties: ReadonlyMap<'total-variation' | 'alpha-norm', { readonly term: string; readonly weight: number }>;
  /** Name of the term ‖Φ(x) − Φ0‖² / ‖Φ0‖². */
  readonly distance: string;
}

/**
 * ‖Φ(x) − Φ0‖² / ‖Φ0‖² + (λ_TV/2) TV_β(x) / σ² + (λ_α/2) Σ|x|^α / σ² (Mahendran & Vedaldi, 2015), with x in grey levels around the mean and
 * σ² = 68.9² · H·W·C: the penalties are means over the values, so that their weights mean the same for every size and input unit.
 */
export function inversionLoss(target: Target, shape: CanvasShape, units: GreyUnits, penalties: Penalties): InversionLoss {
  const distance = distanceTo(target);
  const variation = onGreyLevels(totalVariation(penalties.tvBeta), units);
  const size = onGreyLevels(alphaNorm(penalties.alpha), units);
  const energy = naturalEnergy(shape);
  const weights = [penalties.tvWeight / 2 / energy, penalties.alphaWeight / 2 / energy] as const;
  return {
    objective: distance.plus(variation.times(weights[0])).plus(size.times(weights[1])).times(-1),
    distance: nameOf(distance),
    penalties: new Map([
      ['total-variation', { term: nameOf(variation), weight: weights[0] }],
      ['alpha-norm', { term: nameOf(size), weight: weights[1] }],
    ]),
  };
}

const nameOf = ({ terms }: Objective): string => terms[0]?.name ?? '';

/** ‖Φ − Φ0‖² / ‖Φ0‖² of an activation. */
export async function relativeError(target: Target, activation: Tensor4D): Promise<number> {
  const value = tf.tidy(() => tf.addN(distanceTo(target).terms.map((term) => term.value(() => activation))));
  try {
    return (await value.data())[0] ?? Number.NaN;
  } finally {
    value.dispose();
  }
}

/** The distance over the whole layer, which has a closed form, or over its middle. */
function distanceTo({ layer, activation, neighbourhood }: Target): Objective {
  if (neighbourhood === undefined) return featureDistance(layer, activation);
  return defineObjective({
    name: `distance(${layer}, ${neighbourhood}×${neighbourhood})`,
    layers: [layer],
    value: (at) => {
      const wanted = central(activation, neighbourhood);
      return tf.div(tf.sum(tf.squaredDifference(central(at(layer), neighbourhood), wanted)), tf.sum(tf.square(wanted))) as Scalar;
    },
  });
}

/** The central n×n positions of [N, H, W, C], or fewer where there are fewer; an odd one is left over at the bottom and the right. */
export function central(activation: Tensor4D, n: number): Tensor4D {
  const [, height, width] = activation.shape;
  const [rows, columns] = [Math.min(n, height), Math.min(n, width)];
  const [top, left] = [Math.floor((height - rows) / 2), Math.floor((width - columns) / 2)];
  return tf.slice(activation, [0, top, left, 0], [-1, rows, columns, -1]);
}

/** The same objective of the picture in grey levels. */
const onGreyLevels = ({ terms: [term] }: Objective, units: GreyUnits): Objective => {
  if (!term) throw new Error('a penalty without a term');
  const { name, layers, value } = term;
  return defineObjective({ name, layers, value: (at) => value((layer) => inGreyLevels(at(layer), units)) });
};
