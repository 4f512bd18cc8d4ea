import type { Box, Extent, Random } from '@featurescope/core';
import type { Marks } from './place.js';

/** One part hidden in every picture that has it, or boxes of its size at random places. */
export interface Comparison {
  readonly part: string;
  /** Of the random boxes, from 0; left out: the part itself. */
  readonly repetition?: number;
  /** One for each picture of the marks; undefined where the part is not marked. */
  readonly boxes: readonly (Box | undefined)[];
}

/** The marked parts, and for each of them `repetitions` sets of random boxes; `sizes` are those of the pictures that the network sees. */
export function comparisonsOf(
  { pictures, parts }: Marks,
  sizes: readonly Extent[],
  repetitions: number,
  random: Random,
): readonly Comparison[] {
  const marked = parts.map((part) => ({ part, boxes: pictures.map(({ boxes }) => boxes.get(part)) }));
  const drawn = marked.flatMap(({ part, boxes }) =>
    Array.from({ length: repetitions }, (_, repetition) => {
      const stream = random.fork(part).fork(repetition);
      const moved = boxes.map((box, i) => box && randomBox(box, sizes[i] ?? [0, 0], stream.fork(pictures[i]?.input.name ?? i)));
      return { part, repetition, boxes: moved };
    }),
  );
  return [...marked, ...drawn];
}

/** A box of the same size anywhere in a picture. */
export const randomBox = ({ height, width }: Box, [rows, columns]: Extent, random: Random): Box => ({
  top: random.integer(0, rows - height),
  left: random.integer(0, columns - width),
  height,
  width,
});
