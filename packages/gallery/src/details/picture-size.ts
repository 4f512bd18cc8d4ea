/** Width and height of a picture in pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

const ascii = (bytes: Uint8Array, start: number, end: number): string => String.fromCharCode(...bytes.subarray(start, end));

const pngSize = (view: DataView): PictureSize => ({ width: view.getUint32(16), height: view.getUint32(20) });

const webpSize = (view: DataView, chunk: string): PictureSize | undefined => {
  const at = (offset: number): number => view.getUint8(offset);
  if (chunk === 'VP8X') {
    const read = (offset: number): number => 1 + at(offset) + (at(offset + 1) << 8) + (at(offset + 2) << 16);
    return { width: read(24), height: read(27) };
  }
  if (chunk === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (chunk !== 'VP8L') return undefined;
  const bits = view.getUint32(21, true);
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
};

const gifSize = (view: DataView): PictureSize => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) });

const svgSize = (text: string): PictureSize | undefined => {
  const tag = /<svg[^>]*>/.exec(text)?.[0] ?? '';
  const [width, height] = ['width', 'height'].map((name) => Number(new RegExp(`\\s${name}="([\\d.]+)(?:px)?"`).exec(tag)?.[1]));
  return width !== undefined && height !== undefined && width > 0 && height > 0
    ? { width: Math.round(width), height: Math.round(height) }
    : undefined;
};

/** Size that a PNG, WebP, GIF or SVG file announces; undefined when it does not. */
export const pictureSize = (bytes: Uint8Array): PictureSize | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 30 && ascii(bytes, 1, 4) === 'PNG') return pngSize(view);
  if (bytes.length >= 30 && ascii(bytes, 0, 4) === 'RIFF') return webpSize(view, ascii(bytes, 12, 16));
  if (bytes.length >= 10 && ascii(bytes, 0, 4) === 'GIF8') return gifSize(view);
  return svgSize(new TextDecoder().decode(bytes.subarray(0, 2000)));
};
