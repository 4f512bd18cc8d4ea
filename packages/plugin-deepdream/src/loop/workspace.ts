import { blank, type Canvas, type CanvasShape } from './canvas.js';

/** The canvases that a stage works in: a picture may be large, so that they are used again from step to step. */
export interface Workspace {
  /** A canvas to write the next picture to, which is not the one at hand. One that was taken before is taken again. */
  next(current: Canvas): Canvas;
  /** A canvas for a gradient that is put together from tiles. */
  gradient(): Canvas;
}

export function workspace(shape: CanvasShape): Workspace {
  const pictures: Canvas[] = [];
  let gradient: Canvas | undefined;
  return {
    next(current) {
      const free = pictures.find((picture) => picture !== current);
      if (free) return free;
      const made = blank(shape);
      pictures.push(made);
      return made;
    },
    gradient: () => {
      gradient ??= blank(shape);
      return gradient;
    },
  };
}
