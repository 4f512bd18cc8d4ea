import { defineConfig, dream, guidedBackprop, strokeChannels, strokeOcclusion } from 'featurescope';

// A bundled network of drawings on two drawings: what it sees of their strokes, which of them it needs, and what it dreams.
export default defineConfig({
  model: 'sketchanet-128',
  inputs: ['examples/sketch-a-net/drawings.ndjson#1', 'examples/sketch-a-net/drawings.ndjson#2'],
  out: 'out/demo/sketch',
  visualizers: [
    strokeChannels(),
    strokeOcclusion({ of: 'probabilities' }),
    guidedBackprop(),
    dream({ layers: ['relu5'], octaves: 1, iterations: 20 }),
  ],
});
