import type { InputSpec } from '../model/input-spec.js';
import type { Extent } from '../network/layer.js';
import type { WantedSize } from '../visualizer/context.js';
import type { Box } from './pixels.js';

/** How a picture is brought to a size: scaled, then cropped. */
export interface ResizePlan {
  readonly resize: Extent;
  readonly crop?: Box;
}

/**
 * The size to which a picture is scaled and the part that is then kept: for `model` the shorter side is scaled and the
 * centre cropped if the network was trained so, else the picture is scaled to the network's size; a given size is scaled to.
 */
export function resizePlan(picture: Extent, spec: InputSpec, size: WantedSize = 'model'): ResizePlan {
  if (size === 'native') return { resize: picture };
  if (size !== 'model') return { resize: size };
  const shortSide = spec.preprocessing?.resizeShortSide;
  return shortSide === undefined ? { resize: spec.size } : shortSidePlan(picture, shortSide, spec.size);
}

/** Scales the shorter side to `shortSide`, or more where the crop would not fit, and cuts out the centre. */
function shortSidePlan([height, width]: Extent, shortSide: number, crop: Extent): ResizePlan {
  const scale = Math.max(shortSide / Math.min(height, width), crop[0] / height, crop[1] / width);
  const resize: Extent = [Math.max(Math.round(height * scale), crop[0]), Math.max(Math.round(width * scale), crop[1])];
  return { resize, crop: centreBox(resize, crop) };
}

/** The box of a size in the middle of a picture; an odd pixel goes to the bottom and the right. */
const centreBox = (picture: Extent, size: Extent): Box => ({
  top: Math.floor((picture[0] - size[0]) / 2),
  left: Math.floor((picture[1] - size[1]) / 2),
  height: size[0],
  width: size[1],
});
