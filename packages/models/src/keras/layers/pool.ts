import { z } from 'zod';
import type { KerasCall, KerasValue } from '../keras-network.js';
import { CHANNELS_LAST, explicit, PADDING, PAIR } from './options.js';

const POOL = z.object({ pool_size: PAIR.default([2, 2]), strides: PAIR.nullish(), padding: PADDING, data_format: CHANNELS_LAST });

const poolOf = (call: KerasCall) => {
  const { pool_size: size, strides, padding } = call.options(POOL);
  return { size, stride: strides ?? size, padding: explicit(padding), ceilMode: false } as const;
};

export const maxPooling2d = (call: KerasCall): KerasValue => call.network.add(call, { kind: 'maxPool', ...poolOf(call) }, [call.input]);

export const averagePooling2d = (call: KerasCall): KerasValue =>
  call.network.add(call, { kind: 'avgPool', ...poolOf(call), countIncludePad: false }, [call.input]);

export const globalAveragePooling2d = (call: KerasCall): KerasValue => {
  call.options(z.object({ data_format: CHANNELS_LAST }));
  return call.network.add(call, { kind: 'globalAvgPool' }, [call.input]);
};

/** One window over the whole map, which fixes the size of the picture. */
export const globalMaxPooling2d = (call: KerasCall): KerasValue => {
  call.options(z.object({ data_format: CHANNELS_LAST }));
  const [height, width] = call.input.shape;
  call.network.fixedSize = true;
  const window = { size: [height, width], stride: [1, 1], padding: explicit('valid'), ceilMode: false } as const;
  return call.network.add(call, { kind: 'maxPool', ...window }, [call.input]);
};

const SIDES = z.tuple([z.number(), z.number()]);
const ZERO_PADDING = z.object({
  data_format: CHANNELS_LAST,
  padding: z.union([
    z.number().transform((n) => ({ top: n, bottom: n, left: n, right: n })),
    z.tuple([SIDES, SIDES]).transform(([[top, bottom], [left, right]]) => ({ top, bottom, left, right })),
    SIDES.transform(([y, x]) => ({ top: y, bottom: y, left: x, right: x })),
  ]),
});

export const zeroPadding2d = (call: KerasCall): KerasValue =>
  call.network.add(call, { kind: 'pad', padding: call.options(ZERO_PADDING).padding, value: 0 }, [call.input]);
