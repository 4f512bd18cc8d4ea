/** Drawings that come with this example, one a line; made by draw.mjs. */
export const DRAWINGS = 'examples/sketch-a-net/drawings.ndjson';

/** The part of a config that is the same in all figures: a network, and the folder of a figure's results. */
export const figure = (name: string, model = 'sketchanet-128') => ({ model, out: `out/sketch-a-net/${name}` });
