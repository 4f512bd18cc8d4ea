import type { LayerInfo, LayerKind } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { defaultLayer } from '../../src/dream/plan.js';

const layer = (name: string, kind: LayerKind, jump: number, size: number): LayerInfo => ({
  index: 1,
  name,
  kind,
  inputs: [],
  outputShape: [size, size, 4],
  parameters: 0,
  receptiveField: { size: [1, 1], jump: [jump, jump], start: [0, 0] },
});

describe('the layer excited when none is named', () => {
  it('is the last activation whose positions are at most 8 pixels apart', () => {
    const layers = [
      layer('relu1', 'relu', 4, 16),
      layer('relu2', 'relu', 8, 8),
      layer('fire', 'concat', 8, 8),
      layer('conv3', 'conv', 8, 8),
      layer('relu3', 'relu', 16, 4),
      layer('prob', 'softmax', 64, 1),
    ];
    expect(defaultLayer({ layers, logits: 'relu3' })).toBe('fire');
  });

  it('is the logits where there is no such map', () => {
    const layers = [layer('relu', 'relu', 1, 1), layer('fc', 'dense', 1, 1)];
    expect(defaultLayer({ layers, logits: 'fc' })).toBe('fc');
  });
});
