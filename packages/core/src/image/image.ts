/** Pixels in memory: 8 bits a sample, rows from the top, channels interleaved (grey, RGB or RGBA). */
export interface Image {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly data: Uint8Array;
}
