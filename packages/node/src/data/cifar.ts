import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { badCifar } from '../errors.js';
import { CIFAR_10, CIFAR_100 } from './cifar-classes.js';
import type { LabelledItem } from './picture-source.js';

const SIDE = 32;
const PLANE = SIDE * SIDE;

/** A record is its labels, of which the last counts, and three planes of pixels. */
interface Layout {
  readonly labels: number;
  /** File with the names of the classes, one a line, that lies beside. */
  readonly meta: string;
  /** Their names when there is no such file. */
  readonly classes: readonly string[];
}

const LAYOUTS: readonly Layout[] = [
  { labels: 1, meta: 'batches.meta.txt', classes: CIFAR_10 },
  { labels: 2, meta: 'fine_label_names.txt', classes: CIFAR_100 },
];

const recordOf = ({ labels }: Layout): number => labels + 3 * PLANE;

export const isCifarFile = (path: string): boolean => extname(path).toLowerCase() === '.bin';

const classNames = async (path: string, { meta, classes }: Layout): Promise<readonly string[]> => {
  const text = await readFile(join(dirname(path), meta), 'utf8').catch(() => undefined);
  const names = text
    ?.split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return names !== undefined && names.length > 0 ? names : classes;
};

const interleaved = (planes: Uint8Array): Uint8Array => {
  const pixels = new Uint8Array(3 * PLANE);
  for (let i = 0; i < PLANE; i++) {
    for (let c = 0; c < 3; c++) pixels[3 * i + c] = planes[c * PLANE + i] ?? 0;
  }
  return pixels;
};

/**
 * Reads a file in the binary layout of CIFAR-10 or CIFAR-100 (whose fine labels are the classes), told apart by its length; items are named
 * `<file>/<class>/<index>`. @throws FeaturescopeError when it is neither
 */
export const openCifar = async (path: string): Promise<LabelledItem[]> => {
  const { size } = await stat(path);
  const layout = LAYOUTS.find((candidate) => size % recordOf(candidate) === 0);
  if (size === 0 || layout === undefined) throw badCifar(path, `it has ${size} bytes`);
  const [bytes, classes, length] = [await readFile(path), await classNames(path, layout), recordOf(layout)];
  const stem = basename(path, extname(path));
  return Array.from({ length: size / length }, (_, index): LabelledItem => {
    const record = bytes.subarray(index * length, (index + 1) * length);
    const label = record[layout.labels - 1] ?? 0;
    const className = classes[label];
    if (className === undefined) throw badCifar(path, `record ${index} has the label ${label}`);
    const name = `${stem}/${className}/${String(index).padStart(5, '0')}`;
    return { name, className, read: async () => ({ pixels: interleaved(record.subarray(layout.labels)), width: SIDE, height: SIDE }) };
  });
};
