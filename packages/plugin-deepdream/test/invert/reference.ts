import { GRADIENT, type InputSpec, type LayerName, type Network } from '@featurescope/core';
import { type Array4, referenceBackward, referenceForward, termSeeds, termValues } from '@featurescope/core/testing';

/** RMS of natural pictures in grey levels (the authors' σ for 227·227·3 values). */
export const RMS = 27098.1157 / Math.sqrt(227 * 227 * 3);

export interface ReferenceLoss {
  readonly network: Network;
  readonly spec: InputSpec;
  readonly layer: LayerName;
  /** The picture whose activation is looked for. */
  readonly wanted: Array4;
  readonly tvWeight: number;
  readonly tvBeta: number;
  readonly alphaWeight: number;
  readonly alpha: number;
  /** Rows and columns of the layer that count; left out: all. */
  readonly central?: { readonly top: number; readonly left: number; readonly n: number };
}

/** The loss of Mahendran & Vedaldi and its gradient in the network's input units, written out in double precision. */
export function referenceLoss(
  loss: ReferenceLoss,
  x: Array4,
): { readonly value: number; readonly error: number; readonly gradient: Float64Array } {
  const data = distance(loss, x);
  const [, height, width, channels] = x.shape;
  const { mean = [], std = [], scale = 1 } = loss.spec.preprocessing ?? {};
  const levels = (c: number): number => (std[c] ?? 1) / scale;
  // A preprocessing that subtracts a mean has the mean picture at 0.
  const middle = mean.length > 0 ? 0 : 127.5;
  const grey = x.data.map((value, i) => (value - middle) * levels(i % channels));
  const sigma2 = RMS ** 2 * height * width * channels;
  const tv = variation(grey, x.shape, loss.tvBeta);
  const size = grey.reduce((sum, value) => sum + Math.abs(value) ** loss.alpha, 0);
  const gradient = grey.map((value, i) => {
    const ofNorm = loss.alpha * Math.sign(value) * Math.abs(value) ** (loss.alpha - 1);
    const penalties = ((loss.tvWeight / 2) * (tv.gradient[i] ?? 0) + (loss.alphaWeight / 2) * ofNorm) / sigma2;
    return (data.gradient[i] ?? 0) + penalties * levels(i % channels);
  });
  const value = data.value + ((loss.tvWeight / 2) * tv.value + (loss.alphaWeight / 2) * size) / sigma2;
  return { value, error: data.value, gradient };
}

/** ‖Φ(x) − Φ0‖² / ‖Φ0‖², over all positions or a square of them. */
function distance({ network, layer, wanted, central }: ReferenceLoss, x: Array4) {
  const target = activation(network, wanted, layer);
  const pass = referenceForward(network, x, { wanted: [layer] });
  const now = pass.values.get(layer) ?? target;
  const [, height, width, channels] = target.shape;
  const counts = (i: number): boolean => {
    if (!central) return true;
    const [row, column] = [Math.floor(i / channels / width) % height, Math.floor(i / channels) % width];
    const inside = (at: number, from: number): boolean => at >= from && at < from + central.n;
    return inside(row, central.top) && inside(column, central.left);
  };
  // Where nothing counts, the target is what is there already.
  const form = { distance: { shape: target.shape, data: target.data.map((value, i) => (counts(i) ? value : (now.data[i] ?? 0))) } };
  const norm = target.data.reduce((sum, value, i) => sum + (counts(i) ? value * value : 0), 0);
  const term = { layer, form, weight: 1 / norm };
  return {
    value: (termValues(pass, term)[0] ?? 0) / norm,
    gradient: referenceBackward(pass, termSeeds(pass, [term]), GRADIENT).data,
  };
}

function activation(network: Network, picture: Array4, layer: LayerName): Array4 {
  const found = referenceForward(network, picture, { wanted: [layer] }).values.get(layer);
  if (!found) throw new Error(`no activation of ${layer}`);
  return found;
}

/** TV_β and its gradient, pixel by pixel: every pixel's term depends on itself, its right and its lower neighbour. */
function variation(x: Float64Array, [, height, width, channels]: Array4['shape'], beta: number) {
  const gradient = new Float64Array(x.length);
  let value = 0;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      for (let c = 0; c < channels; c++) {
        const i = (row * width + column) * channels + c;
        const right = column + 1 < width ? i + channels : i;
        const below = row + 1 < height ? i + width * channels : i;
        const [dx, dy] = [(x[right] ?? 0) - (x[i] ?? 0), (x[below] ?? 0) - (x[i] ?? 0)];
        const square = dx * dx + dy * dy;
        value += square ** (beta / 2);
        if (square === 0) continue;
        const slope = beta * square ** (beta / 2 - 1);
        gradient[right] = (gradient[right] ?? 0) + slope * dx;
        gradient[below] = (gradient[below] ?? 0) + slope * dy;
        gradient[i] = (gradient[i] ?? 0) - slope * (dx + dy);
      }
  return { value, gradient };
}
