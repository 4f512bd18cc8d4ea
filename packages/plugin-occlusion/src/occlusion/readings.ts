/** What was read at every position of a window, in row-major order. */
export interface Readings {
  readonly scores: Float32Array;
  readonly activity: Float32Array;
  /** Most probable class, from 0. */
  readonly classes: Float32Array;
  /** 1 where a pass was made, 0 where nothing is known yet or the value is interpolated. */
  readonly computed: Uint8Array;
}

export const emptyReadings = (positions: number): Readings => ({
  scores: new Float32Array(positions),
  activity: new Float32Array(positions),
  classes: new Float32Array(positions),
  computed: new Uint8Array(positions),
});

export const computedCount = ({ computed }: Readings): number => computed.reduce((sum, one) => sum + one, 0);
