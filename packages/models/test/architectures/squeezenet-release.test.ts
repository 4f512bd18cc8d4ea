import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { squeezenet } from '../../src/architectures/index.js';
import { decodeOnnx, importOnnx } from '../../src/onnx/index.js';
import { sharedModel } from '../shared.js';

const path = sharedModel('squeezenet1.0/squeezenet1.0.onnx');

describe.skipIf(path === undefined)('the squeezenet architecture', () => {
  it("is layer by layer that of its authors' release", () => {
    const { network } = importOnnx(decodeOnnx(readFileSync(path ?? ''), 'squeezenet'), 'squeezenet');
    expect(squeezenet().layers).toEqual(network.layers);
    expect(squeezenet().input).toEqual(network.input);
  });
});
