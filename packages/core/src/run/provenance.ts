import type { ImageText } from '../platform/platform.js';
import type { Manifest } from './manifest.js';

/** What every picture says about how it was made: the PNG text `featurescope` holds JSON, `Software` the version. */
export const provenanceOf = ({ featurescope, model, runtime, seed }: Manifest, visualizer: string, options: unknown): ImageText => ({
  Software: `Featurescope ${featurescope}`,
  featurescope: JSON.stringify({ version: featurescope, model, visualizer, options, seed, runtime }),
});
