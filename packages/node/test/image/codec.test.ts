import type { Image } from '@featurescope/core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sharpCodec as codec } from '../../src/index.js';
import { gradient, picture } from '../pictures.js';

const noise = (i: number): number => (i * 7919 + ((i * i) % 251) * 31) % 256;

describe('decode', () => {
  it('gives back the pixels of a PNG, grey and RGB', async () => {
    for (const image of [gradient(13, 7), picture(5, 9, 1, (y, x) => noise(9 * y + x))]) {
      const { data, ...rest } = await codec.decode(await codec.encodePng(image), 'x.png');
      expect(rest).toEqual({ width: image.width, height: image.height, channels: image.channels });
      expect([...data]).toEqual([...image.data]);
    }
  });

  it('flattens transparency on white', async () => {
    const bytes = await codec.encodePng(picture(2, 1, 4, (_y, x, c) => (c === 3 ? 255 * x : 10)));
    const { channels, data } = await codec.decode(bytes, 'x.png');
    expect([channels, ...data]).toEqual([3, 255, 255, 255, 10, 10, 10]);
  });

  it('turns a picture upright after its orientation tag', async () => {
    const { data, width, height } = picture(4, 2, 1, (y, x) => 50 * x + 20 * y);
    const bytes = await sharp(data, { raw: { width, height, channels: 1 } })
      .toColourspace('b-w')
      .withMetadata({ orientation: 6 })
      .tiff({ compression: 'none' })
      .toBuffer();
    const upright = await codec.decode(bytes, 'x.tif');
    expect([upright.width, upright.height, upright.data[0], upright.data[upright.channels]]).toEqual([2, 4, 20, 0]);
  });

  it('reads 16-bit and CMYK pictures as 8-bit ones', async () => {
    const deep = Uint16Array.from([0, 0x8080, 0xffff]);
    const grey = await sharp(deep, { raw: { width: 3, height: 1, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toBuffer();
    const decoded = await codec.decode(grey, 'deep.png');
    expect([decoded.channels, ...decoded.data]).toEqual([1, 0, 128, 255]);
    const { data, width, height } = picture(8, 8, 3, () => 200);
    const cmyk = await sharp(data, { raw: { width, height, channels: 3 } })
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer();
    const ink = await codec.decode(cmyk, 'ink.jpg');
    expect(ink.channels).toBe(3);
    for (const sample of ink.data) expect(Math.abs(sample - 200)).toBeLessThan(20);
  });

  it('refuses what is no picture, is cut off, or is too large, and names it', async () => {
    await expect(codec.decode(Buffer.from('hello'), 'notes.txt')).rejects.toThrow(
      /"notes.txt" cannot be read as a picture: .*Expected PNG, JPEG/,
    );
    const whole = await codec.encodePng(picture(64, 64, 1, (y, x) => noise(64 * y + x)));
    await expect(codec.decode(whole.subarray(0, whole.length / 2), 'torn.png')).rejects.toMatchObject({
      code: 'picture/unreadable',
      category: 'usage',
    });
    const bomb = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="60000" height="60000"/>');
    await expect(codec.decode(bomb, 'bomb.svg')).rejects.toThrow(/"bomb.svg" cannot be read/);
  });
});

describe.each(['webp', 'gif'] as const)('encodeAnimation as %s', (format) => {
  const described = async (frames: readonly Image[], delay: number): Promise<object> => {
    const bytes = await codec.encodeAnimation(frames, delay, format);
    const found = await sharp(bytes, { pages: -1 }).metadata();
    return { format: found.format, pages: found.pages, delay: found.delay, loop: found.loop, size: [found.pageHeight, found.width] };
  };

  it('writes every frame with its delay', async () => {
    const frames = [0, 80, 160].map((level) => picture(20, 10, 1, () => level));
    expect(await described(frames, 90)).toEqual({ format, pages: 3, delay: [90, 90, 90], loop: 0, size: [10, 20] });
  });

  it('shows what the frames show, grey and RGB', async () => {
    const frames = [40, 200].flatMap((level) => [
      picture(12, 8, 1, (_y, x) => (x < 6 ? level : 0)),
      picture(12, 8, 3, (_y, x, c) => (x < 6 && c === 1 ? level : 0)),
    ]);
    const bytes = await codec.encodeAnimation(frames, 100, format);
    for (const [page, level] of [40, 40, 200, 200].entries()) {
      const { data, info } = await sharp(bytes, { page }).removeAlpha().raw().toBuffer({ resolveWithObject: true });
      expect([info.height, info.width]).toEqual([8, 12]);
      const expected = page % 2 === 0 ? [level, level, level] : [0, level, 0];
      const found = [...data.subarray(info.width * info.channels, info.width * info.channels + 3)];
      for (const [c, value] of found.entries()) expect(Math.abs(value - (expected[c] ?? 0))).toBeLessThan(8);
    }
  });

  it('refuses no frames, frames of several sizes, and what is too large', async () => {
    await expect(codec.encodeAnimation([], 100, format)).rejects.toThrow('The animation cannot be written: it has no frames.');
    await expect(codec.encodeAnimation([gradient(2, 2), gradient(3, 2)], 100, format)).rejects.toThrow(/differ in size/);
    await expect(codec.encodeAnimation([picture(65_536, 1, 1, () => 0)], 100, format)).rejects.toThrow(
      format === 'gif' ? 'GIF goes up to 65535' : 'WebP goes up to 16383',
    );
  });
});

describe('encodeAnimation as gif', () => {
  it('keeps frames that are alike, and rounds to hundredths of a second, at least two', async () => {
    const frames = [7, 7, 7].map((level) => picture(4, 4, 1, () => level));
    const delays = async (delay: number) =>
      (await sharp(await codec.encodeAnimation(frames, delay, 'gif'), { pages: -1 }).metadata()).delay;
    expect(await delays(84)).toEqual([80, 80, 80]);
    expect(await delays(4)).toEqual([20, 20, 20]);
  });
});

describe('encodePng', () => {
  it('refuses pixels that do not fit the size', async () => {
    await expect(codec.encodePng({ width: 2, height: 2, channels: 3, data: new Uint8Array(5) })).rejects.toThrow(
      'has 5 bytes instead of 12',
    );
  });
});
