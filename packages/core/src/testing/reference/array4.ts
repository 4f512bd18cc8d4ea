/** Numbers [N, H, W, C] in double precision. */
export interface Array4 {
  readonly shape: Shape4;
  readonly data: Float64Array;
}

export type Shape4 = readonly [pictures: number, height: number, width: number, channels: number];

export const sizeOf = ([n, h, w, c]: Shape4): number => n * h * w * c;

export const zeros = (shape: Shape4): Array4 => ({ shape, data: new Float64Array(sizeOf(shape)) });

/** Reads a number that is known to be there. */
export const get = (data: ArrayLike<number>, index: number): number => data[index] ?? Number.NaN;

export const add = (data: Float64Array, index: number, value: number): void => {
  data[index] = get(data, index) + value;
};

/** Place of one number in row-major order. */
export const place = ([, h, w, c]: Shape4, n: number, y: number, x: number, channel: number): number => ((n * h + y) * w + x) * c + channel;

/** The same shape with each number replaced. */
export const map = (array: Array4, change: (value: number, index: number) => number): Array4 => ({
  shape: array.shape,
  data: array.data.map(change),
});

export const sum = (a: Array4, b: Array4): Array4 => map(a, (value, index) => value + get(b.data, index));

/** Calls with the coordinates of every number. */
export const forEachPlace = ([pictures, h, w, c]: Shape4, visit: (n: number, y: number, x: number, channel: number) => void): void => {
  for (let n = 0; n < pictures; n++)
    for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) for (let channel = 0; channel < c; channel++) visit(n, y, x, channel);
};
