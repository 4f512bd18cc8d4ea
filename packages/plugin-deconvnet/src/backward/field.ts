import {
  type Artifact,
  contactSheet,
  cropImage,
  enlarge,
  type Image,
  inferShapes,
  type Model,
  receptiveFields,
  type Shape,
} from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { signedImage } from '../attribution/artifacts.js';
import { pictureOf } from '../attribution/attribution-visualizer.js';
import type { Projection } from './project.js';

/** Rows and columns of the picture, which may lie outside it. */
interface Field {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Part of a picture's height and width up to which a receptive field is also shown by itself. */
const SMALL = 0.6;

/** Side in pixels that a small field is enlarged to at least. */
const SIDE = 128;

/** What a unit sees of a picture of this shape [H, W, C]; undefined for a whole map, and where it sees much of the picture. */
function smallField(model: Model, { layer, unit, shape }: Projection): Field | undefined {
  const field = receptiveFields(model.network, inferShapes(model.network, shape, [layer])).get(layer);
  if (!unit.at || !field) return undefined;
  const [height, width] = field.size;
  if (height > SMALL * shape[0] || width > SMALL * shape[1]) return undefined;
  return { height, width, top: field.start[0] + unit.at[0] * field.jump[0], left: field.start[1] + unit.at[1] * field.jump[1] };
}

/** The receptive field of a unit in the picture and in its projection, side by side and enlarged; undefined when it is most of the picture. */
export async function fieldArtifact(
  model: Model,
  picture: Tensor4D,
  projection: Projection,
  { input, label }: { readonly input: string; readonly label: string },
): Promise<Artifact | undefined> {
  const field = smallField(model, projection);
  if (!field) return undefined;
  const shown = cropImage(await pictureOf(picture, model.input), field);
  const pair = [enlarged(shown), fieldImage(model, projection, field)];
  const { layer, unit } = projection;
  const description = `${label}: what it sees, and its projection stretched by itself; ${field.height}×${field.width} pixels from row ${field.top}, column ${field.left}`;
  return {
    kind: 'image',
    name: 'receptive-field',
    input,
    layer,
    unit: unit.channel,
    image: contactSheet(pair, { columns: 2 }),
    description,
  };
}

/** The projections of several units side by side, each stretched by itself and cut to its receptive field where that is small. */
export function unitSheet(model: Model, projections: readonly Projection[], input: string): Artifact {
  const pictures = projections.map((projection) => {
    const field = smallField(model, projection);
    return field ? fieldImage(model, projection, field) : signedImage(projection.values, projection.shape, model.input);
  });
  const labels = projections.map(({ unit }) => `UNIT ${unit.channel}`);
  const layer = projections[0]?.layer ?? '';
  const description = `${projections.length} units of ${layer}: signed, grey is zero, each stretched by itself`;
  return { kind: 'image', name: 'units', input, layer, image: contactSheet(pictures, { labels }), description };
}

const fieldImage = (model: Model, { values, shape }: Projection, field: Field): Image =>
  enlarged(signedImage(cropValues(values, shape, field), [field.height, field.width, shape[2]], model.input));

const enlarged = (image: Image): Image => enlarge(image, Math.max(1, Math.ceil(SIDE / Math.min(image.width, image.height))));

/** A part of values [H, W, C]; zero where it leaves them. */
function cropValues(values: Float32Array, [height, width, channels]: Shape, field: Field): Float32Array {
  const part = new Float32Array(field.height * field.width * channels);
  const from = Math.max(field.left, 0);
  const to = Math.min(field.left + field.width, width);
  for (let y = Math.max(field.top, 0); y < Math.min(field.top + field.height, height) && from < to; y++)
    part.set(
      values.subarray((y * width + from) * channels, (y * width + to) * channels),
      ((y - field.top) * field.width + from - field.left) * channels,
    );
  return part;
}
