/** One channel of one picture of a batch, and its largest value. */
export interface Peak {
  readonly picture: number;
  readonly channel: number;
  readonly value: number;
}

type Position = readonly [y: number, x: number];

/** The largest value of each channel of each picture of activations [N, H, W, C]. */
export interface Peaks {
  readonly channels: number;
  /** [N, C] */
  readonly values: Float32Array;
  /** Where the largest values of some channels are: of equal positions the first in row-major order. */
  locate(peaks: readonly Peak[]): Promise<readonly Position[]>;
}

/** What is known of activations. */
export interface Margins {
  readonly pictures: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Largest values of rows, [N, H, C]. */
  readonly rows: Float32Array;
  /** Largest values of columns, [N, W, C]. */
  readonly columns: Float32Array;
  /** Nothing is below 0. */
  readonly nonNegative: boolean;
  /** The activations themselves, [N, H, W, C]: wanted only where equal values in several rows and columns leave the first open. */
  whole(): Promise<Float32Array>;
}

/** The largest values, from those of rows and columns. */
export function peaksOf(margins: Margins): Peaks {
  const { channels } = margins;
  return {
    channels,
    values: largest(margins),
    async locate(peaks) {
      const positions: Position[] = [];
      for (const peak of peaks) positions.push(crossing(margins, peak) ?? firstPosition(margins, await margins.whole(), peak));
      return positions;
    },
  };
}

/** Largest values over rows [N, H, C], [N, C]. */
function largest({ rows, pictures, height, channels }: Margins): Float32Array {
  if (height === 1) return rows;
  const result = new Float32Array(pictures * channels);
  for (let picture = 0, i = 0; picture < pictures; picture++) {
    const start = picture * channels;
    result.set(rows.subarray(i, i + channels), start);
    i += channels;
    for (let y = 1; y < height; y++)
      for (let at = start; at < start + channels; at++, i++) {
        const value = rows[i] as number;
        if (value > (result[at] as number)) result[at] = value;
      }
  }
  return result;
}

/** The first position, where rows and columns alone say which it is. */
function crossing(
  { rows, columns, height, width, channels, nonNegative }: Margins,
  { picture, channel, value }: Peak,
): Position | undefined {
  if (nonNegative && value === 0) return [0, 0];
  const y = equals(rows, picture * height, height, channels, channel, value);
  const x = equals(columns, picture * width, width, channels, channel, value);
  return y.count === 1 || x.count === 1 ? [y.first, x.first] : undefined;
}

/** How many of `count` values of a channel are this one, from the line `start` on, and the first of them. */
function equals(values: Float32Array, start: number, count: number, channels: number, channel: number, value: number) {
  let first = 0;
  let found = 0;
  for (let i = count - 1, at = (start + i) * channels + channel; i >= 0; i--, at -= channels) {
    if (values[at] !== value) continue;
    first = i;
    found++;
  }
  return { first, count: found };
}

function firstPosition({ height, width, channels }: Margins, values: Float32Array, { picture, channel, value }: Peak): Position {
  const { first } = equals(values, picture * height * width, height * width, channels, channel, value);
  return [Math.floor(first / width), first % width];
}
