// The pictures that the figures look at: drawn once, or the user's own.
import { dirname } from 'node:path';
import sharp from 'sharp';
import { sketches } from '../demo/sketches.mjs';
import { drawn } from '../support/drawn.mjs';
import { kinds, scene } from './scenes.mjs';

const PER_KIND = 20;

const drawing = (name, svg) => drawn('visualizing-and-understanding', name, () => sharp(Buffer.from(svg)).flatten({ background: '#fff' }));

const numbered = (number) => String(number).padStart(2, '0');
const sceneFile = (kind, number) => drawing(`scenes/${kind}-${numbered(number)}`, scene(kind, number));

/** The data set to look through: FEATURESCOPE_EXAMPLE_DATASET (a folder, an archive, a .npy batch), or 240 drawn scenes of twelve kinds. */
export async function dataset() {
  const own = process.env.FEATURESCOPE_EXAMPLE_DATASET;
  if (own !== undefined) return own;
  let path = '';
  for (const kind of kinds) for (let i = 0; i < PER_KIND; i++) path = await sceneFile(kind, i);
  return dirname(path);
}

/** Pictures to explain: FEATURESCOPE_EXAMPLE_PICTURE, or a scene of each of these kinds. */
export async function photos(...wanted) {
  const own = process.env.FEATURESCOPE_EXAMPLE_PICTURE;
  return own === undefined ? Promise.all(wanted.map((kind) => sceneFile(kind, 3))) : [own];
}

/** A picture of each kind. */
export const photosOfAll = () => photos(...kinds);

/** Path of a line drawing: FEATURESCOPE_EXAMPLE_SKETCH, or a cat, whose lines are as wide as those that DoodleNet knows. */
export const sketch = async () =>
  process.env.FEATURESCOPE_EXAMPLE_SKETCH ?? drawing('sketch', sketches.cat.replace('stroke-width="5"', 'stroke-width="14"'));
