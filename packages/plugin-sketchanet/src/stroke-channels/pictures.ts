import { contactSheet, type Drawing, type Extent, filledImage, type Image, partUnions, unionName } from '@featurescope/core';
import { captioned } from '../picture/captioned.js';
import { colouredStrokes } from '../picture/coloured-strokes.js';
import { inkImage } from '../picture/ink.js';
import { orderColour, orderColours } from '../picture/order-colours.js';

const BACKGROUND = [226, 228, 232] as const;
const GAP = 4;

/** A row of pictures for each length of union, from single parts to the whole drawing. */
export function channelSheet(planes: readonly Float32Array[], size: Extent, parts: number): Image {
  const unions = partUnions(parts);
  const pictures = planes.map((plane, c) => captioned(inkImage(plane, size), name(unions[c])));
  const empty = filledImage([1, 1], BACKGROUND);
  const cells = Array.from({ length: parts }, (_, row) => {
    const first = unions.findIndex(({ length }) => length === row + 1);
    return Array.from({ length: parts }, (_, column) => (column < parts - row ? (pictures[first + column] ?? empty) : empty));
  });
  return contactSheet(cells.flat(), { columns: parts, gap: GAP, background: BACKGROUND });
}

const name = (union: Parameters<typeof unionName>[0] | undefined): string => (union ? unionName(union) : '');

/** Rows of the legend for each row of the picture. */
const LEGEND = 1 / 24;

/** Smallest side of the picture: there is no more to see in a smaller one, but less to tell apart. */
const SMALLEST = 480;

/** The strokes in colours from the first to the last, with the colours below; enlarged where the channels are small. */
export function orderPicture(drawing: Drawing, channelPen: number, channels: Extent): Image {
  const zoom = Math.max(1, SMALLEST / Math.min(...channels));
  const size: Extent = [Math.round(channels[0] * zoom), Math.round(channels[1] * zoom)];
  const penWidth = channelPen * zoom;
  const picture = colouredStrokes(drawing, orderColours(drawing.strokes.length), size, penWidth);
  const [width, height] = [size[1], Math.max(3, Math.round(size[0] * LEGEND))];
  const legend = Uint8Array.from(
    { length: width * height * 3 },
    (_, i) => orderColour((Math.floor(i / 3) % width) / (width - 1))[i % 3] ?? 0,
  );
  const data = new Uint8Array(picture.data.length + legend.length);
  data.set(picture.data);
  data.set(legend, picture.data.length);
  const count = drawing.strokes.length;
  return captioned({ width, height: picture.height + height, channels: 3, data }, count === 1 ? '1 stroke' : `first to last of ${count}`);
}
