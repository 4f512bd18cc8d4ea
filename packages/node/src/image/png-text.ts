import type { ImageText } from '@featurescope/core';

const SIGNATURE_AND_HEADER = 8 + 25;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** CRC-32 as PNG and ZIP use it. */
export const crc32 = (bytes: Uint8Array): number => {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
};

const chunk = (type: string, content: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(12 + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  bytes.set(latin1(type), 4);
  bytes.set(content, 8);
  view.setUint32(8 + content.length, crc32(bytes.subarray(4, 8 + content.length)));
  return bytes;
};

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

const isLatin1 = (text: string): boolean => /^[\n\x20-\x7e\xa1-\xff]*$/.test(text);

/** A keyword has 1 to 79 printable Latin-1 characters, without spaces at its ends or in a row. */
const keywordOf = (text: string): string =>
  text
    .replace(/[^\x20-\x7e\xa1-\xff]/gu, '_')
    .replace(/ +/g, ' ')
    .trim()
    .slice(0, 79)
    .trim() || 'Comment';

const textChunk = (keyword: string, text: string): Uint8Array => {
  const clean = text.replaceAll('\0', '').replaceAll('\r\n', '\n');
  const key = latin1(keywordOf(keyword));
  if (isLatin1(clean)) return chunk('tEXt', Uint8Array.of(...key, 0, ...latin1(clean)));
  const utf8 = new TextEncoder().encode(clean);
  // After the keyword: not compressed, no language, no translated keyword.
  const content = new Uint8Array(key.length + 5 + utf8.length);
  content.set(key);
  content.set(utf8, key.length + 5);
  return chunk('iTXt', content);
};

/** The same PNG file with text chunks after its header: `tEXt`, or `iTXt` where the text is not Latin-1. */
export const insertPngText = (png: Uint8Array, text: ImageText): Uint8Array => {
  const chunks = Object.entries(text).map(([keyword, value]) => textChunk(keyword, value));
  return Buffer.concat([png.subarray(0, SIGNATURE_AND_HEADER), ...chunks, png.subarray(SIGNATURE_AND_HEADER)]);
};
