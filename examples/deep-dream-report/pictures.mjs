// The pictures that the figures start from: computed once, or the user's own.
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { landscape } from '../demo/landscape.mjs';
import { sketches } from '../demo/sketches.mjs';
import { flower } from './flower.mjs';

const folder = fileURLToPath(new URL('../../out/deep-dream-report/pictures/', import.meta.url));
/** Longer side, as in the report's larger pictures. */
const SIDE = 512;

/** Drawn where it is not there yet, and never half written. */
async function drawn(name, draw) {
  const path = `${folder}${name}.png`;
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const part = `${path}.${process.pid}`;
  await draw().png().toFile(part);
  renameSync(part, path);
  return path;
}

const computed = (name, draw) => drawn(name, () => sharp(draw(SIDE, SIDE), { raw: { width: SIDE, height: SIDE, channels: 3 } }));

/** Path of the picture to dream on: FEATURESCOPE_EXAMPLE_PICTURE, or a landscape. */
export const photo = async () => process.env.FEATURESCOPE_EXAMPLE_PICTURE ?? computed('landscape', landscape);

/** Path of the picture that guides: FEATURESCOPE_EXAMPLE_GUIDE, or a flower. */
export const guide = async () => process.env.FEATURESCOPE_EXAMPLE_GUIDE ?? computed('flower', flower);

/** Path of a line drawing: FEATURESCOPE_EXAMPLE_SKETCH, or a cat. */
export const sketch = async () =>
  process.env.FEATURESCOPE_EXAMPLE_SKETCH ?? drawn('cat', () => sharp(Buffer.from(sketches.cat)).flatten({ background: '#fff' }));
