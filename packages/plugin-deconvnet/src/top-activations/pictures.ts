import { contactSheet, enlarge, type Image, type Model, type Shape, toImage } from '@featurescope/core';
import { signedImage } from '../attribution/artifacts.js';
import { cropValues, fieldsOf, unitField } from './field.js';
import type { Projection } from './project.js';

/** Side in pixels to which small cells are enlarged. */
const SIDE = 64;

/** What a unit sees in a picture, and what of it the unit answers to: the same part of both. */
export interface Cell {
  readonly patch: Image;
  readonly projection: Image;
  /** The projection in numbers. */
  readonly values: Float32Array;
  readonly shape: Shape;
}

/** Cuts the receptive field out of pictures and projections, each projection with a contrast of its own (algorithm of deconvnet_analysis). */
export function cellsOf(model: Model, layer: string): (projection: Projection) => Cell {
  const fieldAt = fieldsOf(model, layer);
  return ({ shape, picture, values, job: { strong } }) => {
    const { shown } = unitField(fieldAt([shape[0], shape[1]]), strong.at, [shape[0], shape[1]]);
    const part: Shape = [shown.height, shown.width, shape[2]];
    const cut = cropValues(values, shape, shown);
    const factor = Math.max(1, Math.round(SIDE / Math.max(shown.height, shown.width)));
    return {
      patch: enlarge(toImage(cropValues(picture, shape, shown), part, model.input), factor),
      projection: enlarge(signedImage(cut, part, model.input), factor),
      values: cut,
      shape: part,
    };
  };
}

/** Pictures as a square, the strongest first. */
export const grid = (images: readonly Image[]): Image => contactSheet(images, { gap: 2 });

/** Projections beside what they are projections of (Zeiler & Fergus 2014, figure 2). */
export const sideBySide = (projections: Image, patches: Image): Image => contactSheet([projections, patches], { columns: 2, gap: 2 });

/** Units of a layer, each with its number. */
export const unitSheet = (units: readonly { readonly unit: number; readonly image: Image }[]): Image =>
  contactSheet(
    units.map(({ image }) => image),
    { labels: units.map(({ unit }) => `UNIT ${unit}`), columns: Math.ceil(Math.sqrt(units.length)), gap: 8 },
  );
