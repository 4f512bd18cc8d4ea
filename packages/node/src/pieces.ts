import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { unreadableFile } from './errors.js';

const COMPRESSED = /\.(gz|tgz)$/i;

/** The bytes of a file, unpacked where it is compressed; `name` stands for it in messages. @throws FeaturescopeError when it cannot be read */
export async function* piecesOf(path: string, name = path): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path);
  const unpacked = COMPRESSED.test(path) ? pipeline(file, createGunzip(), () => {}) : file;
  try {
    yield* unpacked;
  } catch (cause) {
    throw unreadableFile(name, cause);
  } finally {
    file.destroy();
  }
}
