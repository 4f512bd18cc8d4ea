import type { Artifact, Image, LayerName, Random } from '@featurescope/core';
import { type Cell, grid, sideBySide, unitSheet } from './pictures.js';
import type { RankedLayer, Strong } from './tracking/ranking.js';

/** A unit with its strongest activations and what is shown of them. */
export interface UnitCells {
  readonly layer: LayerName;
  readonly unit: number;
  readonly list: readonly Strong[];
  readonly cells: readonly Cell[];
}

/** Pictures shown of one unit, each with what it is of. */
export interface UnitPicture {
  readonly unit: number;
  readonly image: Image;
}

export const shownValue = (value: number): string => String(Number(value.toPrecision(4)));

/** Projections beside patches, each by itself, and the projections in numbers. */
export function unitArtifacts(
  { layer, unit, list, cells }: UnitCells,
  tensors: boolean,
): { readonly picture: UnitPicture; readonly artifacts: readonly Artifact[] } {
  const projection = grid(cells.map((cell) => cell.projection));
  const patch = grid(cells.map((cell) => cell.patch));
  const image = sideBySide(projection, patch);
  const subject = { layer, unit };
  const of = describe(list);
  const artifacts: Artifact[] = [
    { ...subject, kind: 'image', name: 'unit', image, description: `projections beside the patches they are of: ${of}` },
    {
      ...subject,
      kind: 'image',
      name: 'projection',
      image: projection,
      description: `${of}; each projection stretched by itself, grey is zero`,
    },
    { ...subject, kind: 'image', name: 'patch', image: patch, description: of },
    ...(tensors ? projectionTensors(cells, subject, of) : []),
  ];
  return { picture: { unit, image }, artifacts };
}

function describe(list: readonly Strong[]): string {
  const [first, last] = [list[0], list.at(-1)];
  if (!first || !last) return 'no activation';
  if (first.value === 0) return 'never above 0 on these pictures';
  if (list.length === 1) return `strongest activation, ${shownValue(first.value)} on ${first.name}`;
  return `${list.length} strongest activations, from ${shownValue(first.value)} on ${first.name} to ${shownValue(last.value)}`;
}

/** [K, H, W, C], one for each size there is: pictures of one size have receptive fields of one size. */
function projectionTensors(cells: readonly Cell[], subject: { layer: LayerName; unit: number }, of: string): readonly Artifact[] {
  const sizes = [...new Set(cells.map(({ shape }) => shape.join('x')))];
  return sizes.map((size, i): Artifact => {
    const alike = cells.filter(({ shape }) => shape.join('x') === size);
    const [height = 0, width = 0, channels = 0] = alike[0]?.shape ?? [];
    const data = new Float32Array(alike.length * height * width * channels);
    alike.forEach(({ values }, k) => {
      data.set(values, k * height * width * channels);
    });
    const ranks = cells.flatMap(({ shape }, rank) => (shape.join('x') === size ? [rank + 1] : []));
    const description = `${of}${sizes.length > 1 ? `; ranks ${ranks.join(', ')}` : ''}`;
    return {
      ...subject,
      kind: 'tensor',
      name: i === 0 ? 'projection' : `projection-${i + 1}`,
      shape: [alike.length, height, width, channels],
      data,
      description,
    };
  });
}

/** At most `most` of a layer's units, drawn at random among those that fire at all. */
export function drawnUnits(
  { layer, units }: RankedLayer,
  lists: readonly (readonly Strong[])[],
  most: number,
  random: Random,
): ReadonlySet<number> {
  const order = [...random.fork(layer).permutation(units.length)];
  const fires = (place: number): boolean => (lists[place]?.[0]?.value ?? 0) !== 0;
  return new Set(
    order
      .filter(fires)
      .slice(0, most)
      .map((place) => units[place] ?? 0),
  );
}

export function sheetArtifact({ layer, units }: RankedLayer, pictures: readonly UnitPicture[]): Artifact {
  const sorted = pictures.toSorted((a, b) => a.unit - b.unit);
  const share = pictures.length < units.length ? `${pictures.length} of ${units.length} units` : `${units.length} units`;
  return {
    kind: 'image',
    name: 'sheet',
    layer,
    image: unitSheet(sorted),
    description: `${share} of ${layer}: projections beside the patches they are of`,
  };
}
