import type { Artifact, Image, ImageCodec } from '@featurescope/core';
import type { Cell, Filled } from './cell.js';
import { labelledGrid, type Section } from './grid.js';
import type { Method } from './methods.js';
import type { CompareOptions } from './options.js';
import type { Page } from './plan.js';
import { scalesOf } from './scales.js';
import { fitted, imageOf } from './show.js';

/** Sides of a cell, in pixels. */
const SMALLEST = 128;
const LARGEST = 256;

/** The grid of a page, with the numbers and a table of its cells. */
export async function* pageArtifacts(
  codec: ImageCodec,
  page: Page,
  methods: readonly Method[],
  filled: Filled,
  options: CompareOptions,
): AsyncGenerator<Artifact> {
  const about = page.input === undefined ? {} : { input: page.input };
  const names = methods.map(({ name }) => name).join(', ');
  const description = `${names}; ${SCALES[options.normalise]}`;
  const image = await gridImage(codec, page, methods, filled, options);
  yield { ...about, kind: 'image', name: 'comparison', image, description };
  for (const { name } of methods)
    yield* tensors(
      filled.cells.filter(({ method }) => method.name === name),
      name,
      about,
    );
  yield {
    ...about,
    kind: 'table',
    name: 'comparison',
    columns: ['family', 'method', 'input', 'model', 'layer', 'target', 'result'],
    rows: filled.cells.map(({ method, place, subject, result }) => [
      method.heading,
      method.name,
      place.input.name,
      place.model.name,
      subject.layer,
      subject.label,
      result.kind === 'failed'
        ? `failed: ${result.error instanceof Error ? result.error.message : String(result.error)}`
        : (result.description ?? result.kind),
    ]),
    description: 'what each cell shows',
  };
}

const SCALES: Readonly<Record<CompareOptions['normalise'], string>> = {
  method: 'the attributions of one method share one scale, where networks take pixels of the same unit',
  grid: 'all attributions share one scale',
  cell: 'each attribution has a scale of its own',
};

async function gridImage(
  codec: ImageCodec,
  { columns, lines, pictures }: Page,
  methods: readonly Method[],
  { cells, seen }: Filled,
  options: CompareOptions,
): Promise<Image> {
  const largest = Math.max(...seen.map(({ picture }) => Math.max(picture.height, picture.width)));
  const side = Math.min(Math.max(largest, SMALLEST), LARGEST);
  const scaleOf = scalesOf(cells, options);
  const pictureAt = new Map(seen.map(({ place, picture }) => [place, picture]));
  const imageAt = async (cell: Cell): Promise<Image> =>
    fitted(codec, imageOf(cell, scaleOf(cell), pictureAt.get(cell.place) ?? NOTHING, options.show), side);
  const imagesOf = (row: readonly Cell[]) => Promise.all(columns.map(async (_, i) => imageIn(row.find(({ place }) => place.column === i))));
  const imageIn = async (cell: Cell | undefined): Promise<Image | undefined> => cell && imageAt(cell);

  if (lines) {
    const rows = await Promise.all(
      lines.map(async (label, line) => {
        const [first] = seen.filter(({ place }) => place.line === line);
        const images = await imagesOf(cells.filter(({ place }) => place.line === line));
        return { label, images: [first && (await fitted(codec, first.picture, side)), ...images] };
      }),
    );
    const [method] = methods;
    const heading = method ? `${method.heading}: ${method.name}` : '';
    return labelledGrid(['input', ...columns], [{ heading, rows }], side);
  }
  const shown = pictures === 'one' ? seen.slice(0, 1) : seen;
  const inputs: Section = {
    rows: [{ label: 'input', images: await Promise.all(shown.map(({ picture }) => fitted(codec, picture, side))) }],
  };
  const headings = [...new Set(methods.map(({ heading }) => heading))];
  const sections = headings.map(async (heading): Promise<Section> => {
    const under = methods.filter((method) => method.heading === heading);
    const rows = under.map(async ({ name }) => ({
      label: name,
      images: await imagesOf(cells.filter(({ method }) => method.name === name)),
    }));
    return { heading, rows: await Promise.all(rows) };
  });
  return labelledGrid(columns, [inputs, ...(await Promise.all(sections))], side);
}

const NOTHING: Image = { width: 0, height: 0, channels: 1, data: new Uint8Array() };

/** The attributions of one method in the order of the cells, [N, H, W, C] or [N, H, W], one tensor for each size there is. */
function* tensors(cells: readonly Cell[], method: string, about: { readonly input?: string }): Generator<Artifact> {
  const made = cells.flatMap(({ place, subject, result }) => (result.kind === 'attribution' ? [{ place, subject, ...result }] : []));
  const shapes = [...new Set(made.map(({ shape }) => shape.join('×')))];
  for (const [i, size] of shapes.entries()) {
    const alike = made.filter(({ shape }) => shape.join('×') === size);
    const length = alike[0]?.values.length ?? 0;
    const data = new Float32Array(alike.length * length);
    alike.forEach(({ values }, k) => {
      data.set(values, k * length);
    });
    const shape = [alike.length, ...(alike[0]?.shape ?? [])];
    const places = alike.map(({ place, subject }) => `${place.input.name}, ${place.model.name}, ${subject.label}`);
    const name = `${method}-attributions${i === 0 ? '' : `-${i + 1}`}`;
    yield { ...about, kind: 'tensor', name, shape, data, description: places.join('; ') };
  }
}
