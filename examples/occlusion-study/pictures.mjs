// The pictures that the figures look at: drawn once, or the user's own.
import sharp from 'sharp';
import { drawn } from '../support/drawn.mjs';
import { scene } from '../visualizing-and-understanding/scenes.mjs';

const drawing = (kind, number) =>
  drawn('occlusion-study', `${kind}-0${number}`, () => sharp(Buffer.from(scene(kind, number))).flatten({ background: '#fff' }));

/** Pictures to look at: FEATURESCOPE_EXAMPLE_PICTURE (a path, a folder or a pattern), or these scenes. */
export async function photos(scenes) {
  const own = process.env.FEATURESCOPE_EXAMPLE_PICTURE;
  return own === undefined ? Promise.all(scenes.map(([kind, number]) => drawing(kind, number))) : [own];
}

/** Pictures of one kind: those of parts.csv. */
export const dogs = () => Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((number) => drawing('dog', number)));
