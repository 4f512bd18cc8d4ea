import {
  type Box,
  type Extent,
  inferShapes,
  type LayerName,
  type Model,
  type ReceptiveField,
  receptiveFields,
  type Shape,
} from '@featurescope/core';

/** What a unit sees of a picture. */
export interface UnitField {
  /** Its receptive field within the picture, half open, in input pixels. */
  readonly inside: { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number };
  /** What is shown of it: all of it, also beyond the picture, or the whole picture along an axis that it is larger than. */
  readonly shown: Box;
}

/** Receptive fields of a layer by the size of the picture, since they may depend on it. */
export function fieldsOf({ network, input, layer }: Model, name: LayerName): (size: Extent) => ReceptiveField {
  const known = new Map<string, ReceptiveField>();
  return (size) => {
    const key = size.join();
    const shape: Shape = [...size, input.channels];
    const field = known.get(key) ?? receptiveFields(network, inferShapes(network, shape, [name])).get(name) ?? layer(name).receptiveField;
    known.set(key, field);
    return field;
  };
}

/** The part of a picture of this size that a unit at a position sees. */
export function unitField({ size, jump, start }: ReceptiveField, at: readonly [number, number], picture: Extent): UnitField {
  const from = (axis: 0 | 1): number => start[axis] + at[axis] * jump[axis];
  const clipped = (pixel: number, axis: 0 | 1): number => Math.min(Math.max(pixel, 0), picture[axis]);
  const fits = (axis: 0 | 1): boolean => size[axis] < picture[axis];
  return {
    inside: {
      top: clipped(from(0), 0),
      left: clipped(from(1), 1),
      bottom: clipped(from(0) + size[0], 0),
      right: clipped(from(1) + size[1], 1),
    },
    shown: {
      top: fits(0) ? from(0) : 0,
      left: fits(1) ? from(1) : 0,
      height: fits(0) ? size[0] : picture[0],
      width: fits(1) ? size[1] : picture[1],
    },
  };
}

/** A part of values [H, W, C], zero where it leaves them. */
export function cropValues(values: Float32Array, [height, width, channels]: Shape, box: Box): Float32Array {
  const part = new Float32Array(box.height * box.width * channels);
  const from = Math.max(box.left, 0);
  const to = Math.min(box.left + box.width, width);
  for (let y = Math.max(box.top, 0); y < Math.min(box.top + box.height, height) && from < to; y++)
    part.set(
      values.subarray((y * width + from) * channels, (y * width + to) * channels),
      ((y - box.top) * box.width + from - box.left) * channels,
    );
  return part;
}
