import {
  type Artifact,
  type Box,
  contactSheet,
  cropImage,
  type Extent,
  enlarge,
  type Image,
  type InputSpec,
  type LayerName,
  type ReceptiveField,
} from '@featurescope/core';
import { signedImage } from '../attribution/artifacts.js';
import { cropValues } from '../top-activations/field.js';
import type { Projection } from './project.js';

/** Part of a picture's height and width up to which a receptive field is also shown by itself. */
const SMALL = 0.6;

/** Side in pixels that a small field is enlarged to at least. */
const SIDE = 128;

/** What a unit sees, which may lie outside the picture; undefined for a whole map, and where it sees much of the picture. */
export function smallField({ unit, shape }: Projection, fieldAt: (size: Extent) => ReceptiveField): Box | undefined {
  if (!unit.at) return undefined;
  const { size, start, jump } = fieldAt([shape[0], shape[1]]);
  const [height, width] = size;
  if (height > SMALL * shape[0] || width > SMALL * shape[1]) return undefined;
  return { height, width, top: start[0] + unit.at[0] * jump[0], left: start[1] + unit.at[1] * jump[1] };
}

/** What is shown of one unit among others. */
export interface UnitCell {
  readonly layer: LayerName;
  readonly channel: number;
  /** Its projection, stretched by itself and cut to the field where that is small. */
  readonly image: Image;
}

export function unitCell({ layer, unit, values, shape }: Projection, field: Box | undefined, spec: InputSpec): UnitCell {
  const image = field
    ? enlarged(signedImage(cropValues(values, shape, field), [field.height, field.width, shape[2]], spec))
    : signedImage(values, shape, spec);
  return { layer, channel: unit.channel, image };
}

/** The small receptive field of a unit in the picture and in its projection, side by side and enlarged. */
export function fieldArtifact(
  { layer, channel, image }: UnitCell,
  field: Box,
  { picture, input, label }: { readonly picture: Image; readonly input: string; readonly label: string },
): Artifact {
  const pair = contactSheet([enlarged(cropImage(picture, field)), image], { columns: 2 });
  const description = `${label}: what it sees, and its projection stretched by itself; ${field.height}×${field.width} pixels from row ${field.top}, column ${field.left}`;
  return { kind: 'image', name: 'receptive-field', input, layer, unit: channel, image: pair, description };
}

/** The projections of several units of a layer side by side. */
export function unitSheet(cells: readonly UnitCell[], input: string): Artifact {
  const layer = cells[0]?.layer ?? '';
  const labels = cells.map(({ channel }) => `UNIT ${channel}`);
  const description = `${cells.length} units of ${layer}: signed, grey is zero, each stretched by itself`;
  const sheet = contactSheet(
    cells.map(({ image }) => image),
    { labels },
  );
  return { kind: 'image', name: 'units', input, layer, image: sheet, description };
}

const enlarged = (image: Image): Image => enlarge(image, Math.max(1, Math.ceil(SIDE / Math.min(image.width, image.height))));
