import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const out = fileURLToPath(new URL('../../out/', import.meta.url));

/** Path of a PNG in the pictures of an example, drawn where it is not there yet, and never half written; `draw` gives a sharp instance. */
export async function drawn(example, name, draw) {
  const folder = join(out, example, 'pictures');
  const path = join(folder, `${name}.png`);
  if (existsSync(path)) return path;
  mkdirSync(dirname(path), { recursive: true });
  // Not beside it, where the folder of a picture may be a data set.
  const part = join(folder, `${name.replaceAll('/', '-')}.${process.pid}`);
  await draw().png().toFile(part);
  renameSync(part, path);
  return path;
}
