import { type Box, type Extent, enlarge, type Image, type ImageCodec, toRgb } from '@featurescope/core';
import { gridShape, type WindowGrid } from '../windows.js';
import { type Colour, paintedImage } from './colours.js';

/** Longer side in pixels that pictures are shown at: small ones are enlarged by a whole number, large ones scaled down. */
const SMALLEST = 224;
const LARGEST = 336;

/** Height and width at which a picture is shown. */
export function shownSize([height, width]: Extent): Extent {
  const longer = Math.max(height, width);
  if (longer > LARGEST) return [Math.max(1, Math.round((height * LARGEST) / longer)), Math.max(1, Math.round((width * LARGEST) / longer))];
  const factor = longer >= SMALLEST ? 1 : Math.ceil(SMALLEST / longer);
  return [height * factor, width * factor];
}

/** A picture at the size at which it is shown. */
export async function shownImage(codec: ImageCodec, image: Image): Promise<Image> {
  const size = shownSize([image.height, image.width]);
  if (size[0] >= image.height) return enlarge(toRgb(image), size[0] / image.height);
  return codec.resize(toRgb(image), size, 'lanczos3');
}

/** Each pixel of the shown picture in the colour of the position whose window has its middle nearest. */
export function shownMap(grid: WindowGrid, colourAt: (position: number) => Colour): Image {
  const [height, width] = shownSize(grid.picture);
  const rows = nearestStart(grid.tops, grid.window[0], grid.picture[0], height);
  const columns = nearestStart(grid.lefts, grid.window[1], grid.picture[1], width);
  const [, across] = gridShape(grid);
  return paintedImage(height, width, (y, x) => colourAt((rows[y] ?? 0) * across + (columns[x] ?? 0)));
}

/** For each of `shown` pixels along an axis the number of the window that has its middle nearest; of equals the first. */
export function nearestStart(starts: readonly number[], window: number, length: number, shown: number): readonly number[] {
  let nearest = 0;
  return Array.from({ length: shown }, (_, pixel) => {
    const place = ((pixel + 0.5) * length) / shown;
    const distance = (i: number): number => Math.abs((starts[i] ?? Number.POSITIVE_INFINITY) + window / 2 - place);
    while (distance(nearest + 1) < distance(nearest)) nearest++;
    return nearest;
  });
}

/** Draws the outline of a box of the picture, white inside black, so that it can be seen on any ground. */
export function outlined(image: Image, { top, left, height, width }: Box, picture: Extent): Image {
  const [down, across] = [image.height / picture[0], image.width / picture[1]];
  const [first, last] = [Math.round(top * down), Math.round((top + height) * down) - 1];
  const [start, end] = [Math.round(left * across), Math.round((left + width) * across) - 1];
  const data = image.data.slice();
  const ring = (inset: number, level: number): void => {
    for (let y = first + inset; y <= last - inset; y++)
      for (let x = start + inset; x <= end - inset; x++)
        if (y === first + inset || y === last - inset || x === start + inset || x === end - inset)
          data.fill(level, (y * image.width + x) * 3, (y * image.width + x) * 3 + 3);
  };
  ring(0, 0);
  ring(1, 255);
  return { ...image, data };
}
