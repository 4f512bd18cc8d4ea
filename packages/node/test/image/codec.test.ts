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

describe('encodeWebp', () => {
  it('writes every frame with its delay', async () => {
    const frames = [0, 80, 160].map((level) => picture(20, 10, 1, () => level));
    const { pages, delay, loop, pageHeight } = await sharp(await codec.encodeWebp(frames, 90), { pages: -1 }).metadata();
    expect({ pages, delay, loop, pageHeight }).toEqual({ pages: 3, delay: [90, 90, 90], loop: 0, pageHeight: 10 });
  });

  it('refuses no frames and frames of several sizes', async () => {
    await expect(codec.encodeWebp([], 100)).rejects.toThrowErrorMatchingInlineSnapshot(
      '[FeaturescopeError: The animation cannot be written: it has no frames.]',
    );
    await expect(codec.encodeWebp([gradient(2, 2), gradient(3, 2)], 100)).rejects.toThrow(/differ in size/);
  });
});

describe('encodePng', () => {
  it('refuses pixels that do not fit the size', async () => {
    await expect(codec.encodePng({ width: 2, height: 2, channels: 3, data: new Uint8Array(5) })).rejects.toThrow(
      'has 5 bytes instead of 12',
    );
  });
});
