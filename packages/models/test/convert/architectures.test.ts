import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Architecture, inferShapes, inputShape, isFeaturescopeError, type Network, type Shape } from '@featurescope/core';
import { createOnnxExecutor } from '@featurescope/runtime';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { architectures, convertModel, type RunNetwork, readModel } from '../../src/index.js';
import { fileError, normalInput, structureOf } from '../onnx-export/round-trip.js';
import { newFolder, saved, weighted } from './models.js';

const SMALL = { width: 0.06, classes: 5, scales: 2, channels: 3 };

/** Sides of inputs, the smallest that a network takes is used. */
const SIDES = [48, 64, 96, 128, 224] as const;

const orUndefined = <T>(make: () => T): T | undefined => {
  try {
    return make();
  } catch (error) {
    if (!isFeaturescopeError(error)) throw error;
    return undefined;
  }
};

/** A network of small width and the shape of a small input. */
const small = ({ name, options, create }: Architecture): readonly [Network, Shape] => {
  const known = options instanceof z.ZodObject ? options.shape : {};
  const settings = { ...SMALL, ...(name === 'sketchANetFused' && { channels: 4 }) };
  const given = Object.fromEntries(Object.entries(settings).filter(([key]) => key in known));
  const at = (side: number): readonly [Network, Shape] => {
    const network = create('inputSize' in known ? { ...given, inputSize: side } : given);
    const shape = inputShape(network, [side, side]);
    inferShapes(network, shape);
    return [network, shape];
  };
  for (const side of SIDES) {
    const found = orUndefined(() => at(side));
    if (found) return found;
  }
  const network = create(given);
  return [network, inputShape(network)];
};

const run: RunNetwork = async (network, pictures, wanted) => {
  const compiled = await createOnnxExecutor().compile(network);
  const results: Map<string, Float32Array>[] = [];
  for (const { shape, data } of pictures) {
    const input = tf.tensor4d(data, [...shape]);
    const found = await compiled.forward(input, wanted);
    results.push(new Map([...found].map(([name, tensor]) => [name, tensor.dataSync<'float32'>().slice()])));
    tf.dispose([input, ...found.values()]);
  }
  compiled.dispose();
  return results;
};

describe.each(architectures.map((architecture) => [architecture.name, architecture] as const))('%s', async (name, architecture) => {
  const [bare, [height, width, channels]] = small(architecture);
  const network = weighted(bare, [height, width, channels]);
  const fixedSize = bare.input.shape[0] !== null;
  const folder = await newFolder();
  const source = await saved(join(folder, 'source.safetensors'), { name, network, input: { size: [height, width], channels, fixedSize } });

  it.each(['onnx', 'safetensors'] as const)('comes back from .%s as it was', async (format) => {
    const path = join(folder, format, `${name}.${format}`);
    const { check, files } = await convertModel(source, path, { run });
    expect(files).toEqual([path]);
    expect(check?.largestDifference).toBeLessThan(1e-5);
    const back = await readModel({ name, origin: 'file', path, format });
    expect(structureOf(back.network)).toEqual(structureOf(network));
    expect([...back.network.weights].sort()).toEqual([...network.weights].sort());
    expect(back.input).toEqual({ size: [height, width], channels, fixedSize });
  });

  it('gives the same numbers in ONNX Runtime', async () => {
    const bytes = await readFile(join(folder, 'onnx', `${name}.onnx`));
    expect(await fileError(bytes, network, normalInput([1, height, width, channels], name))).toBeLessThan(1e-4);
  });
});
