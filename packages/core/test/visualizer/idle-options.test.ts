import { idleOptions } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const schema = z.strictObject({ octaveScale: z.number().default(1.4), guide: z.string().optional() });

describe('options without effect', () => {
  it('are those with a reason that differ from what they are when left out', () => {
    const reasons = { octaveScale: 'with --octaves 1', guide: 'at night' };
    expect(idleOptions(schema, schema.parse({}), reasons)).toEqual([]);
    expect(idleOptions(schema, schema.parse({ octaveScale: 1.4 }), reasons)).toEqual([]);
    expect(idleOptions(schema, schema.parse({ octaveScale: 2, guide: 'a.png' }), reasons)).toEqual([
      '--octave-scale has no effect with --octaves 1',
      '--guide has no effect at night',
    ]);
    expect(idleOptions(schema, schema.parse({ octaveScale: 2, guide: 'a.png' }), { octaveScale: false, guide: undefined })).toEqual([]);
  });
});
