import { contactSheet, enlarge, type Image, type InputSpec, toImage } from '@featurescope/core';
import type { Original } from './measure.js';
import { TRANSFORMATIONS, type Transformation, transformed } from './transform.js';

/** Pictures in a row at most. */
const COLUMNS = 7;

/** Side in pixels to which pictures are enlarged at least. */
const SIDE = 96;

/** What the network is shown: a row for each transformation, of amounts evenly chosen among those of the study. */
export function stripOf({ values, shape, fill }: Original, transformations: readonly Transformation[], spec: InputSpec): Image {
  const rows = TRANSFORMATIONS.map((name) => evenlyChosen(transformations.filter((one) => one.name === name))).filter(
    (row) => row.length > 0,
  );
  const columns = Math.max(...rows.map((row) => row.length));
  const factor = Math.max(1, Math.ceil(SIDE / Math.min(shape[0], shape[1])));
  const blank: Image = { width: 1, height: 1, channels: 1, data: new Uint8Array([24]) };
  const cells = rows.flatMap((row) =>
    Array.from({ length: columns }, (_, i) => {
      const change = row[i];
      if (!change) return { image: blank, label: '' };
      return { image: enlarge(toImage(transformed(values, shape, change, fill), shape, spec), factor), label: labelOf(change) };
    }),
  );
  return contactSheet(
    cells.map(({ image }) => image),
    { columns, gap: 4, labels: cells.map(({ label }) => label) },
  );
}

function labelOf({ name, amount }: Transformation): string {
  const rounded = Number(amount.toFixed(2));
  switch (name) {
    case 'vertical-translation':
      return `down ${rounded}`;
    case 'horizontal-translation':
      return `right ${rounded}`;
    case 'scale':
      return `scale ${rounded}`;
    case 'rotation':
      return `turn ${rounded}`;
  }
}

function evenlyChosen(all: readonly Transformation[]): readonly Transformation[] {
  if (all.length <= COLUMNS) return all;
  return Array.from({ length: COLUMNS }, (_, i) => all[Math.round((i * (all.length - 1)) / (COLUMNS - 1))]).flatMap((one) => one ?? []);
}
