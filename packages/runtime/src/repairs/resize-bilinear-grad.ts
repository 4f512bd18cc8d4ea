import { axisScale, resizeGrad } from './resize-grad.js';

/** The published kernels ignore half-pixel centres; that of cpu also swaps height and width. */
export const resizeBilinearGrad = resizeGrad('ResizeBilinearGrad', (i, from, to, { alignCorners, halfPixelCenters }) => {
  const scale = axisScale(from, to, alignCorners);
  const position = halfPixelCenters ? (i + 0.5) * scale - 0.5 : i * scale;
  const fraction = position - Math.floor(position);
  const lower = Math.max(Math.floor(position), 0);
  const upper = Math.min(Math.ceil(position), from - 1);
  return [
    [Math.min(lower, from - 1), 1 - fraction],
    [Math.max(upper, 0), fraction],
  ];
});
