import type { Image } from '@featurescope/core';
import sharp, { type Sharp } from 'sharp';
import { badPicture } from '../errors.js';

/** Pictures with more pixels are refused before they are unpacked. */
export const MAX_PIXELS = 2 ** 27;

/** Extent of a picture file as it is shown, after its orientation tag. */
export interface PictureHeader {
  readonly width: number;
  readonly height: number;
  readonly grey: boolean;
}

const OPTIONS = { limitInputPixels: MAX_PIXELS, failOn: 'error' } as const;

const header = async (bytes: Uint8Array): Promise<PictureHeader & { readonly cmyk: boolean }> => {
  const { width, height, space, orientation = 1, channels } = await sharp(bytes, OPTIONS).metadata();
  const turned = orientation >= 5;
  return {
    width: turned ? height : width,
    height: turned ? width : height,
    grey: space === 'b-w' || space === 'grey16' || channels < 3,
    cmyk: space === 'cmyk',
  };
};

const upright = (bytes: Uint8Array, ignoreIcc: boolean): Sharp =>
  sharp(bytes, { ...OPTIONS, ignoreIcc })
    .autoOrient()
    .flatten({ background: '#ffffff' });

/**
 * 8-bit pixels of a picture file, upright, alpha flattened on white. A grey picture has one channel, every other three.
 * Colour profiles are ignored (as the usual preprocessing of networks does), except that of a CMYK picture.
 * @throws FeaturescopeError naming `source` when it is no picture, damaged, or has more than 2²⁷ pixels
 */
export const decodePicture = async (bytes: Uint8Array, source: string): Promise<Image> => {
  try {
    const { grey, cmyk } = await header(bytes);
    const { data, info } = await upright(bytes, !cmyk)
      .toColourspace(grey ? 'b-w' : 'srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, channels: info.channels as 1 | 3, data };
  } catch (cause) {
    throw badPicture(source, cause);
  }
};

/** RGB pixels of a picture file at exactly this size: scaled to cover it, then cropped around the centre. */
export const decodeCovering = async (bytes: Uint8Array, width: number, height: number, source: string): Promise<Uint8Array> => {
  try {
    return await upright(bytes, true)
      .resize(width, height, { fit: 'cover', kernel: 'linear', fastShrinkOnLoad: false })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer();
  } catch (cause) {
    throw badPicture(source, cause);
  }
};
