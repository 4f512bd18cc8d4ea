import { axisScale, resizeGrad } from './resize-grad.js';

/** The published kernels ignore half-pixel centres. */
export const resizeNearestNeighborGrad = resizeGrad('ResizeNearestNeighborGrad', (i, from, to, { alignCorners, halfPixelCenters }) => {
  const position = (halfPixelCenters ? i + 0.5 : i) * axisScale(from, to, alignCorners);
  const nearest = alignCorners ? Math.round(position) : Math.floor(position);
  return [[Math.max(Math.min(nearest, from - 1), 0), 1]];
});
