import type { Extent, Image } from '@featurescope/core';
import { stacked } from './layout.js';
import { textImage, wrapped } from './text.js';

/** One picture of a figure. */
export interface Panel {
  readonly title: string;
  readonly image: Image;
  /** What its colours stand for. */
  readonly key?: Image;
}

/** Narrowest panel in pixels, so that titles and legends can be read beside narrow pictures. */
const NARROWEST = 224;

export const panelWidth = ([, width]: Extent): number => Math.max(width, NARROWEST);

const TITLE_LINES = 3;

/** Title, picture and key below each other; `lines` as high as the title is made. */
export function panelImage({ title, image, key }: Panel, lines: number = titleLines({ title, image })): Image {
  const width = panelWidth([image.height, image.width]);
  const text = wrapped(title, width, TITLE_LINES);
  const filled = [...text, ...Array.from({ length: Math.max(lines - text.length, 0) }, () => '')];
  return stacked([textImage(filled, width), image, ...(key ? [key] : [])]);
}

export const titleLines = ({ title, image }: Panel): number => wrapped(title, panelWidth([image.height, image.width]), TITLE_LINES).length;
