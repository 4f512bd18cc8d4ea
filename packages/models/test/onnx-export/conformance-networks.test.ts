import { conformanceNetworks } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { exported, fileError, imported, structureOf } from './round-trip.js';

/** Paddings that ONNX Runtime has no rule for. */
const PADDED_IN_NUMBERS = ['same, stride larger than kernel', 'same, dilation 2'];
/** ONNX Runtime takes odd numbers of channels only. */
const REFUSED = ['lrn over 4 channels'];

describe.each(Object.entries(conformanceNetworks()))('%s', (_, cases) => {
  const written = cases.filter(({ name }) => !REFUSED.includes(name));
  it.each(written.map((item) => [item.name, item] as const))('%s', async (name, { network, input }) => {
    const [, height, width] = input.shape;
    const bytes = exported(network, [height, width]);
    const back = imported(bytes);
    if (!PADDED_IN_NUMBERS.includes(name)) expect(structureOf(back)).toEqual(structureOf(network));
    expect([...back.weights].sort()).toEqual([...network.weights].sort());
    expect(await fileError(bytes, network, input)).toBeLessThan(2e-5);
    expect(await fileError(bytes, back, input)).toBeLessThan(2e-5);
  });
});
