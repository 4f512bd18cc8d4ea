import * as tf from '@tensorflow/tfjs-core';
import type { Input } from '../visualizer/context.js';
import type { Drawing } from './drawing.js';
import { drawingValues } from './drawing-values.js';

/** A drawing as an input: every visualizer gets it as its network sees drawings, and those that ask for it the strokes. */
export const drawingInput = (name: string, source: string, drawing: Drawing): Input => ({
  name,
  source,
  raw: false,
  size: [Math.max(1, Math.round(drawing.height)), Math.max(1, Math.round(drawing.width))],
  drawing: async () => drawing,
  async tensor(spec, size) {
    const { shape, data } = drawingValues(drawing, spec, size, source);
    return tf.tensor4d(data, shape);
  },
  values: async (spec, size) => drawingValues(drawing, spec, size, source),
});
