import { blank, type Canvas, type CanvasShape } from './canvas.js';

/** The canvases that a stage works in: they are made once and used again from step to step, since a picture may be large. */
export interface Workspace {
  /** A canvas to write the next picture to, which is not the one at hand. One that was taken before is taken again. */
  next(current: Canvas): Canvas;
  /** A canvas for one purpose, with whatever was written to it the last time. Another shape makes another canvas. */
  scratch(purpose: string, shape: CanvasShape): Canvas;
}

export function workspace(): Workspace {
  const pictures: Canvas[] = [];
  const scratches = new Map<string, Canvas>();
  return {
    next(current) {
      const free = pictures.find((picture) => picture !== current);
      if (free) return free;
      const made = blank(current.shape);
      pictures.push(made);
      return made;
    },
    scratch(purpose, shape) {
      const found = scratches.get(purpose);
      if (found?.shape.every((size, i) => size === shape[i])) return found;
      const made = blank(shape);
      scratches.set(purpose, made);
      return made;
    },
  };
}
