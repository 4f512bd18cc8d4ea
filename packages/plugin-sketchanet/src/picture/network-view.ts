import { enlarge, type Image, type InputSpec, inputRange, partUnions, toImage } from '@featurescope/core';
import { channelSheet } from '../stroke-channels/pictures.js';
import { partsSeen } from '../strokes/shown.js';

/** Shortest longer side of a picture, to be seen. */
const SMALLEST = 224;

/** What a network gets to see of a drawing, values [H, W, C] of its own size: a picture, or a sheet of stroke-order channels, black on white. */
export function networkView(values: Float32Array, spec: InputSpec): Image {
  const [height, width] = spec.size;
  const factor = Math.max(1, Math.ceil(SMALLEST / Math.max(height, width)));
  const parts = partsSeen(spec);
  if (parts === 1) return enlarge(toImage(values, [height, width, spec.channels], spec), factor);
  const planes = partUnions(parts).map((_, c) => inkPlane(values, spec, c));
  return enlarge(channelSheet(planes, spec.size, parts), Math.max(1, Math.ceil(factor / parts)));
}

/** Ink 1 on 0 of one channel, [H, W]. */
function inkPlane(values: Float32Array, spec: InputSpec, channel: number): Float32Array {
  const { min, max } = inputRange(spec) ?? { min: [], max: [] };
  const [low, high] = [min[channel] ?? 0, max[channel] ?? 255];
  return Float32Array.from({ length: spec.size[0] * spec.size[1] }, (_, i) =>
    Math.min(1, Math.max(0, ((values[i * spec.channels + channel] ?? 0) - low) / (high - low))),
  );
}
