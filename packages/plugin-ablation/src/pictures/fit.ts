import {
  cropImage,
  type DatasetItem,
  defaultPenWidth,
  type Extent,
  type Image,
  type ImageCodec,
  rasterise,
  toByte,
  toRgb,
} from '@featurescope/core';

/** RGB pixels [H, W, 3] of a picture, or of a drawing as black lines on white; undefined for an array, which is no picture. */
export async function pixelsOf(item: DatasetItem, size: Extent, codec: Pick<ImageCodec, 'resize'>): Promise<Uint8Array | undefined> {
  switch (item.kind) {
    case 'picture':
      return toRgb(await covering(item.image, size, codec)).data;
    case 'drawing': {
      const ink = rasterise(item.drawing, size, defaultPenWidth(size));
      return Uint8Array.from({ length: ink.length * 3 }, (_, i) => toByte(255 * (1 - (ink[Math.floor(i / 3)] ?? 0))));
    }
    case 'array':
      return undefined;
  }
}

/** The centre of a picture in the proportions of a size, scaled to it. */
async function covering(image: Image, size: Extent, codec: Pick<ImageCodec, 'resize'>): Promise<Image> {
  const { height, width } = image;
  const scale = Math.min(height / size[0], width / size[1]);
  const cut: Extent = [Math.max(1, Math.round(size[0] * scale)), Math.max(1, Math.round(size[1] * scale))];
  // Cut before it is scaled, since a very long picture would be huge otherwise.
  const box = { top: Math.floor((height - cut[0]) / 2), left: Math.floor((width - cut[1]) / 2), height: cut[0], width: cut[1] };
  const centre = cut[0] === height && cut[1] === width ? image : cropImage(image, box);
  return centre.height === size[0] && centre.width === size[1] ? centre : codec.resize(centre, size);
}
