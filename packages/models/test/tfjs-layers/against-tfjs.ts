import { createRandom, type Network } from '@featurescope/core';
import { referenceForward } from '@featurescope/core/testing';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { importTfjsLayers, parseModelJson, readWeights } from '../../src/tfjs-layers/index.js';

const random = createRandom(5);

export interface SavedModel {
  readonly json: Record<string, unknown>;
  readonly weights: Uint8Array;
}

/** The files of a model that TensorFlow.js has built, with random weights. */
export const saved = async (model: tf.LayersModel): Promise<SavedModel> => {
  for (const weight of model.weights) {
    const positive = weight.name.includes('variance');
    const values = random.fillUniform(
      new Float32Array(weight.shape.reduce<number>((product, size) => product * (size ?? 1), 1)),
      positive ? 0.5 : -0.7,
      positive ? 2 : 0.7,
    );
    weight.write(tf.tensor(values, weight.shape as number[]));
  }
  let result: SavedModel | undefined;
  await model.save(
    tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
      const weightsManifest = [{ paths: ['w.bin'], weights: weightSpecs }];
      result = { json: { format: 'layers-model', modelTopology, weightsManifest }, weights: new Uint8Array(weightData as ArrayBuffer) };
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  if (result === undefined) throw new Error('not saved');
  return result;
};

export const importSaved = async ({ json, weights }: SavedModel): Promise<Network> => {
  const model = parseModelJson(JSON.stringify(json), 'model.json');
  return importTfjsLayers(model, await readWeights(model.weightsManifest, 'model.json', async () => weights), 'model.json').network;
};

/** Both on one random picture; answers the imported network. */
export const expectSameAsTfjs = async (
  model: tf.LayersModel,
  [height, width, channels]: readonly [number, number, number],
): Promise<Network> => {
  const network = await importSaved(await saved(model));
  const data = random.fillUniform(new Float32Array(height * width * channels), -1, 1);
  const input = model.inputs[0]?.shape.length === 2 ? tf.tensor(data, [1, channels]) : tf.tensor(data, [1, height, width, channels]);
  const predicted = model.predict(input) as tf.Tensor;
  const expected = Float32Array.from(await predicted.data());
  const output = network.outputs.at(-1) ?? '';
  const actual = referenceForward(
    network,
    { shape: [1, height, width, channels], data: Float64Array.from(data) },
    { wanted: [output] },
  ).values.get(output);
  expect(actual?.data.length).toBe(expected.length);
  const error = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - (actual?.data[i] ?? Number.NaN))), 0);
  expect(error).toBeLessThan(1e-4);
  return network;
};
