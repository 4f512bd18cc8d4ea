import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { badCifar } from '../errors.js';
import type { LabelledItem } from './picture-source.js';

const SIDE = 32;
const PLANE = SIDE * SIDE;
const RECORD = 1 + 3 * PLANE;

/** Names of the ten classes in the order of their labels, used when no `batches.meta.txt` lies beside the file. */
export const CIFAR_CLASSES = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'] as const;

export const isCifarFile = (path: string): boolean => extname(path).toLowerCase() === '.bin';

const classNames = async (path: string): Promise<readonly string[]> => {
  const text = await readFile(join(dirname(path), 'batches.meta.txt'), 'utf8').catch(() => undefined);
  const names = text
    ?.split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return names !== undefined && names.length > 0 ? names : CIFAR_CLASSES;
};

const interleaved = (record: Uint8Array): Uint8Array => {
  const pixels = new Uint8Array(3 * PLANE);
  for (let i = 0; i < PLANE; i++) {
    for (let c = 0; c < 3; c++) pixels[3 * i + c] = record[1 + c * PLANE + i] ?? 0;
  }
  return pixels;
};

/** Reads a file in the binary layout of CIFAR-10; items are named `<file>/<class>/<index>`. @throws FeaturescopeError when it is not one */
export const openCifar = async (path: string): Promise<LabelledItem[]> => {
  const { size } = await stat(path);
  if (size === 0 || size % RECORD !== 0) throw badCifar(path, `it has ${size} bytes`);
  const [bytes, classes] = [await readFile(path), await classNames(path)];
  const stem = basename(path, extname(path));
  return Array.from({ length: size / RECORD }, (_, index): LabelledItem => {
    const record = bytes.subarray(index * RECORD, (index + 1) * RECORD);
    const className = classes[record[0] ?? 0];
    if (className === undefined) throw badCifar(path, `record ${index} has the label ${record[0]}`);
    const name = `${stem}/${className}/${String(index).padStart(5, '0')}`;
    return { name, className, read: async () => ({ pixels: interleaved(record), width: SIDE, height: SIDE }) };
  });
};
