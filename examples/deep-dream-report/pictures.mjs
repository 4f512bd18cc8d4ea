// The pictures that the figures start from: computed once, or the user's own.
import sharp from 'sharp';
import { landscape } from '../demo/landscape.mjs';
import { sketches } from '../demo/sketches.mjs';
import { drawn } from '../support/drawn.mjs';
import { flower } from './flower.mjs';

const EXAMPLE = 'deep-dream-report';
/** Longer side, as in the report's larger pictures. */
const SIDE = 512;

const computed = (name, draw) => drawn(EXAMPLE, name, () => sharp(draw(SIDE, SIDE), { raw: { width: SIDE, height: SIDE, channels: 3 } }));

/** Path of the picture to dream on: FEATURESCOPE_EXAMPLE_PICTURE, or a landscape. */
export const photo = async () => process.env.FEATURESCOPE_EXAMPLE_PICTURE ?? computed('landscape', landscape);

/** Path of the picture that guides: FEATURESCOPE_EXAMPLE_GUIDE, or a flower. */
export const guide = async () => process.env.FEATURESCOPE_EXAMPLE_GUIDE ?? computed('flower', flower);

/** Path of a line drawing: FEATURESCOPE_EXAMPLE_SKETCH, or a cat. */
export const sketch = async () =>
  process.env.FEATURESCOPE_EXAMPLE_SKETCH ?? drawn(EXAMPLE, 'cat', () => sharp(Buffer.from(sketches.cat)).flatten({ background: '#fff' }));
