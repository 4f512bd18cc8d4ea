import {
  type Artifact,
  channelSum,
  heatmap,
  heatScale,
  type Image,
  type InputSpec,
  overlay,
  type Shape,
  saliencyMap,
  stretchedImage,
} from '@featurescope/core';
import { type Attribution, asMap } from './attribution.js';

/** What an attribution was made from. */
export interface Shown {
  readonly input: string;
  readonly spec: InputSpec;
  /** The input as a picture, made once and only when it is wanted. */
  picture(): Promise<Image>;
  /** The picture is the same for several units and is written only with the first of them. */
  readonly repeated?: boolean;
}

/** The numbers of an attribution, before anything that can fail is done for their pictures, and then ways to look at them. */
export async function* artifactsOf(attribution: Attribution, { input, picture, spec, repeated = false }: Shown): AsyncGenerator<Artifact> {
  const { layer, unit, label, value, values, shape } = attribution;
  const map = asMap(shape);
  const size = [map[0], map[1]] as const;
  const subject = { input, ...(layer === undefined ? {} : { layer }), ...(unit ? { unit: unit.channel } : {}) };
  const of = value === undefined ? label : `${label}, value ${value.toPrecision(4)}`;
  yield { ...subject, kind: 'tensor', name: 'attribution', shape, data: values, description: of };
  const image = await picture();
  if (!repeated) yield { ...subject, kind: 'image', name: 'input', image };
  const over = map[2] === 1 ? '' : ': sum over channels';
  const signed = signedHeatmap(channelSum(values, map), size);
  const description = `${of}${over}${over ? ' on the picture' : ': on the picture'}, red raises it, blue lowers it`;
  yield { ...subject, kind: 'image', name: 'overlay', image: overlay(image, signed), description };
  yield { ...subject, kind: 'image', name: 'heatmap', image: signed, description: `${of}${over}` };
  const saliency = stretchedImage(saliencyMap(values, map), [...size, 1], 'magnitude');
  yield { ...subject, kind: 'image', name: 'saliency', image: saliency, description: `${of}: largest magnitude over channels` };
  yield { ...subject, kind: 'image', name: 'signed', image: signedImage(values, map, spec), description: `${of}: signed, grey is zero` };
}

/** A heatmap whose full colour is the 99.5 % quantile of what is not zero, so that a small receptive field is not all one colour. */
const signedHeatmap = (values: Float32Array, size: readonly [number, number]): Image =>
  heatmap(values, size, { scale: heatScale(values.filter((value) => value !== 0)) });

/** Signed values under the percentile-logistic stretch, in colours where the channels are colours. */
export const signedImage = (values: Float32Array, shape: Shape, spec: InputSpec): Image =>
  stretchedImage(colours(values, shape, spec), shape, 'logistic');

/** Channels in the order red, green, blue. */
function colours(values: Float32Array, shape: Shape, { preprocessing }: InputSpec): Float32Array {
  if (preprocessing?.channelOrder !== 'bgr' || shape[2] !== 3) return values;
  const turned = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) turned[i] = values[i + 2 - 2 * (i % 3)] ?? 0;
  return turned;
}
