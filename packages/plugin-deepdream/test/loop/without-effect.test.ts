import type { Dataset } from '@featurescope/core';
import { arrayInput, pictureInput, syntheticPicture } from '@featurescope/core/testing';
import { describe, expect, it } from 'vitest';
import { unread } from '../../src/loop/without-effect.js';

describe('what a run was given and nothing reads', () => {
  const dataset: Dataset = { name: 'flowers', size: 0, labels: [], item: () => Promise.reject(new Error('empty')) };
  const inputs = [arrayInput('array', [2, 2, 1], new Float32Array(4)), pictureInput('photo', syntheticPicture(1, [4, 4]))];
  const sized = { size: [8, 8] as [number, number], longSide: undefined };

  it('is a data set, inputs for a picture that is made, and a size for arrays', () => {
    expect(unread({ inputs, dataset }, { start: 'flat', ...sized })).toEqual([
      'the inputs are not used: --start flat makes a picture',
      'the data set flowers is not used',
    ]);
    expect(unread({ inputs }, { start: 'input', ...sized })).toEqual([
      '--size and --long-side do not apply to arrays, which are fed as they are: array',
    ]);
    expect(unread({ inputs: inputs.slice(1) }, { start: 'input', ...sized })).toEqual([]);
    expect(unread({ inputs: [] }, { start: 'flat', ...sized })).toEqual([]);
  });
});
