import { z } from 'zod';

/** Stands for every input in a list of parts, for pictures that are aligned. */
export const EVERY_INPUT = '*';

/** A part marked in a picture: a box in pixels of the picture as it is on disk, counted from its top left corner. */
export const partSchema = z.strictObject({
  input: z.string().min(1),
  part: z.string().min(1),
  top: z.number().min(0),
  left: z.number().min(0),
  height: z.number().gt(0),
  width: z.number().gt(0),
});

export type Part = z.output<typeof partSchema>;

/** A part and where it was said, for messages: `line 3` or `entry 2`. */
export interface ListedPart extends Part {
  readonly place: string;
}

export const PART_FIELDS = ['input', 'part', 'top', 'left', 'height', 'width'] as const;
