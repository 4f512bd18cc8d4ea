import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../src/image/png-text.js';
import { sharpCodec } from '../../src/index.js';
import { gradient } from '../pictures.js';

interface Chunk {
  readonly type: string;
  readonly content: Buffer;
}

const chunks = (bytes: Uint8Array): Chunk[] => {
  const png = Buffer.from(bytes);
  const found: Chunk[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(png.subarray(at + 4, at + 8 + length)));
    found.push({ type: png.toString('latin1', at + 4, at + 8), content: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return found;
};

const texts = (bytes: Uint8Array): Record<string, string> =>
  Object.fromEntries(
    chunks(bytes).flatMap(({ type, content }) => {
      const end = content.indexOf(0);
      const keyword = content.toString('latin1', 0, end);
      if (type === 'tEXt') return [[keyword, content.toString('latin1', end + 1)]];
      return type === 'iTXt' ? [[keyword, content.toString('utf8', end + 5)]] : [];
    }),
  );

describe('text of a PNG', () => {
  it('has the CRC that the standard gives', () => {
    expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
  });

  it('writes Latin-1 as tEXt and anything else as iTXt, right after the header', async () => {
    const png = await sharpCodec.encodePng(gradient(4, 3), { Software: 'featurescope', options: '{"input":"Kätzchen"}', input: '猫 🐈' });
    expect(
      chunks(png)
        .map(({ type }) => type)
        .slice(0, 4),
    ).toEqual(['IHDR', 'tEXt', 'tEXt', 'iTXt']);
    expect(texts(png)).toEqual({ Software: 'featurescope', options: '{"input":"Kätzchen"}', input: '猫 🐈' });
  });

  it('leaves the pixels as they are and can be read by libpng', async () => {
    const [plain, labelled] = [await sharpCodec.encodePng(gradient(9, 9)), await sharpCodec.encodePng(gradient(9, 9), { a: 'b' })];
    const pixels = (png: Uint8Array) =>
      inflateSync(
        Buffer.concat(
          chunks(png)
            .filter(({ type }) => type === 'IDAT')
            .map(({ content }) => content),
        ),
      );
    expect(pixels(labelled)).toEqual(pixels(plain));
    expect((await sharp(labelled).metadata()).comments).toEqual([{ keyword: 'a', text: 'b' }]);
  });

  it('survives any keyword and any text', async () => {
    const png = await sharpCodec.encodePng(gradient(2, 2));
    const { insertPngText } = await import('../../src/image/png-text.js');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (keyword, text) => {
        const [entry] = Object.entries(texts(insertPngText(png, { [keyword]: text })));
        expect(entry?.[0]).toMatch(/^(?! )[\x20-\x7e\xa1-\xff]{1,79}(?<! )$/);
        expect(entry?.[1]).toBe(
          text
            .replaceAll('\0', '')
            .replaceAll('\r\n', '\n')
            .replace(/\p{Surrogate}/gu, '\ufffd'),
        );
      }),
    );
  });
});
