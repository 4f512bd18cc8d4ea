import {
  drawText,
  type Extent,
  enlarge,
  filledImage,
  heatmap,
  type Image,
  type ImageCodec,
  NEUTRAL,
  overlay,
  toByte,
} from '@featurescope/core';
import type { Cell } from './cell.js';
import type { CompareOptions } from './options.js';
import { shownMap } from './scales.js';

/** The picture of a cell: its attribution at this scale, the picture that was made, or a cross on red where the method failed. */
export function imageOf({ result }: Cell, scale: number, picture: Image, show: CompareOptions['show']): Image {
  if (result.kind === 'failed') return FAILED;
  if (result.kind === 'image') return result.image;
  const [height = 0, width = 0] = result.shape;
  const map = shownMap(result, show);
  if (show === 'magnitude') return magnitudes(map, [height, width], scale);
  const heat = heatmap(map, [height, width], { scale });
  return show === 'overlay' && picture.height === height && picture.width === width ? overlay(picture, heat) : heat;
}

/** Grey levels from 0 to the scale; a map without contrast is neutral grey. */
function magnitudes(map: Float32Array, [height, width]: Extent, scale: number): Image {
  const hasContrast = map.some((value) => value !== map[0]) && scale > 0;
  const data = Uint8Array.from(map, (value) => (hasContrast ? toByte((value / scale) * 255) : NEUTRAL[0]));
  return { width, height, channels: 1, data };
}

/** Side of the picture of what failed, in pixels. */
const SIDE = 64;

const FAILED: Image = (() => {
  const image = filledImage([SIDE, SIDE], [60, 20, 24]);
  for (let i = 0; i < SIDE; i++) for (const j of [i, SIDE - 1 - i]) image.data.set([200, 60, 60], (i * SIDE + j) * 3);
  drawText(image, 'FAILED', 3, 21, SIDE, 255);
  return image;
})();

/** A picture as large as fits into a cell: whole pixels enlarged, larger ones scaled down. */
export async function fitted(codec: ImageCodec, image: Image, side: number): Promise<Image> {
  const scale = side / Math.max(image.height, image.width);
  if (scale >= 1) return scale >= 2 ? enlarge(image, Math.floor(scale)) : image;
  const size: Extent = [Math.max(1, Math.round(image.height * scale)), Math.max(1, Math.round(image.width * scale))];
  return codec.resize(image, size);
}
