import { type Box, contactSheet, drawText, enlarge, GLYPH_HEIGHT, type Image, toRgb } from '@featurescope/core';

type Colour = readonly [number, number, number];

/** Colours of parts, those of the plots. */
const COLOURS: readonly Colour[] = [
  [0, 114, 178],
  [230, 159, 0],
  [0, 158, 115],
  [204, 121, 167],
  [213, 94, 0],
  [86, 180, 233],
  [127, 127, 127],
  [184, 168, 0],
];

/** Side in pixels to which pictures are enlarged at least. */
const SIDE = 160;

/** A picture of the sheet, as the network sees it, with its parts. */
export interface SheetPicture {
  readonly name: string;
  readonly image: Image;
  readonly boxes: ReadonlyMap<string, Box>;
}

/** All pictures side by side with these parts framed; a part has the same colour everywhere, and its name is on its frame. */
export function partsSheet(pictures: readonly SheetPicture[], parts: readonly string[]): Image {
  const images = pictures.map(({ image, boxes }) => {
    const factor = Math.max(1, Math.ceil(SIDE / Math.min(image.width, image.height)));
    const shown = enlarge(toRgb(image), factor);
    const own = { ...shown, data: shown.data.slice() };
    for (const [i, part] of parts.entries()) {
      const box = boxes.get(part);
      if (box) frame(own, scaled(box, factor), COLOURS[i % COLOURS.length] ?? [0, 0, 0], part);
    }
    return own;
  });
  return contactSheet(images, { labels: pictures.map(({ name }) => name), gap: 6, columns: Math.min(pictures.length, 6) });
}

const scaled = ({ top, left, height, width }: Box, factor: number): Box => ({
  top: top * factor,
  left: left * factor,
  height: height * factor,
  width: width * factor,
});

/** A frame of two pixels on the inside of the box, and a name on a ground of its colour above it, or below where there is no room. */
function frame(image: Image, box: Box, colour: Colour, name: string): void {
  const { top, left, height, width } = box;
  for (const inset of [0, 1]) {
    const [bottom, right] = [top + height - 1 - inset, left + width - 1 - inset];
    fill(image, { top: top + inset, left, height: 1, width }, colour);
    fill(image, { top: bottom, left, height: 1, width }, colour);
    fill(image, { top, left: left + inset, height, width: 1 }, colour);
    fill(image, { top, left: right, height, width: 1 }, colour);
  }
  const label = { height: GLYPH_HEIGHT + 4, width: name.length * 4 + 3 };
  const above = top - label.height;
  const at = {
    top: above >= 0 ? above : Math.min(top + height, image.height - label.height),
    left: Math.min(left, Math.max(0, image.width - label.width)),
  };
  fill(image, { ...at, ...label }, colour);
  drawText(image, name, at.top + 2, at.left + 2, image.width - at.left - 2, 255);
}

function fill(image: Image, { top, left, height, width }: Box, colour: Colour): void {
  for (let y = Math.max(0, top); y < Math.min(image.height, top + height); y++)
    for (let x = Math.max(0, left); x < Math.min(image.width, left + width); x++) image.data.set(colour, (y * image.width + x) * 3);
}
