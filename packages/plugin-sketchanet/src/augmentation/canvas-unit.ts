import type { Drawing } from '@featurescope/core';

/** Side of the canvas of TU-Berlin, in whose pixels the authors state lengths. */
const REFERENCE_SIDE = 800;

/** Units of a drawing's canvas in a pixel of the canvas of TU-Berlin. */
export const canvasUnit = ({ width, height }: Pick<Drawing, 'width' | 'height'>): number => Math.max(width, height) / REFERENCE_SIDE;
