// The pictures that the figures look at: drawn once, or the user's own.
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { sketches } from '../demo/sketches.mjs';
import { kinds, scene } from './scenes.mjs';

const folder = fileURLToPath(new URL('../../out/visualizing-and-understanding/pictures/', import.meta.url));
const PER_KIND = 20;

/** Drawn where it is not there yet, and never half written. */
async function drawn(name, svg) {
  const path = `${folder}${name}.png`;
  if (existsSync(path)) return path;
  mkdirSync(path.slice(0, path.lastIndexOf('/')), { recursive: true });
  // Not beside it: the folder of the scenes is a data set.
  const part = `${folder}${name.replaceAll('/', '-')}.${process.pid}`;
  await sharp(Buffer.from(svg)).flatten({ background: '#fff' }).png().toFile(part);
  renameSync(part, path);
  return path;
}

const numbered = (number) => String(number).padStart(2, '0');
const sceneFile = (kind, number) => drawn(`scenes/${kind}-${numbered(number)}`, scene(kind, number));

/** The data set to look through: FEATURESCOPE_EXAMPLE_DATASET (a folder, an archive, a .npy batch), or 240 drawn scenes of twelve kinds. */
export async function dataset() {
  const own = process.env.FEATURESCOPE_EXAMPLE_DATASET;
  if (own !== undefined) return own;
  for (const kind of kinds) for (let i = 0; i < PER_KIND; i++) await sceneFile(kind, i);
  return `${folder}scenes`;
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
  process.env.FEATURESCOPE_EXAMPLE_SKETCH ?? drawn('sketch', sketches.cat.replace('stroke-width="5"', 'stroke-width="14"'));
