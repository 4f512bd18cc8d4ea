import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createTarDecoder } from 'modern-tar';
import { piecesOf } from './pieces.js';

/** A file in an archive; its bytes are to be read, or `skip` called, before the next one comes. */
export interface TarFile {
  /** With forward slashes and without a leading `./`. */
  readonly name: string;
  readonly size: number;
  readonly pieces: AsyncIterable<Uint8Array>;
  skip(): Promise<void>;
}

const ARCHIVE = /\.(tar\.gz|tgz|tar)$/i;

export const isTarFile = (path: string): boolean => ARCHIVE.test(path);

/** Far more than pictures and drawings shrink; beyond it, and beyond `HARMLESS` bytes, an archive was made to fill the machine. */
const MAX_RATIO = 100;
const HARMLESS = 2 ** 26;

async function* bounded(path: string): AsyncGenerator<Uint8Array> {
  const most = Math.max(HARMLESS, MAX_RATIO * (await stat(path)).size);
  let unpacked = 0;
  for await (const piece of piecesOf(path)) {
    unpacked += piece.length;
    if (unpacked > most) throw new Error(`it unpacks to more than ${MAX_RATIO} times its size`);
    yield piece;
  }
}

/**
 * The files of a `.tar` or `.tar.gz` archive in its order, read as a stream.
 * @throws FeaturescopeError when the archive cannot be read or unzipped, Error when it is no tar archive
 */
export async function* tarFiles(path: string): AsyncGenerator<TarFile> {
  const { readable, writable } = createTarDecoder({ strict: true });
  const packed = Readable.toWeb(Readable.from(bounded(path))) as ReadableStream<Uint8Array>;
  const fed = packed.pipeTo(writable);
  fed.catch(() => {});
  for await (const { header, body } of readable) {
    if (header.type !== 'file') await body.cancel();
    else yield { name: header.name.replace(/^(\.\/)+/, ''), size: header.size, pieces: body, skip: () => body.cancel() };
  }
  await fed;
}
