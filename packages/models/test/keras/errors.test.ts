import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { attempt, fixture } from './read-fixture.js';

/** The parts of a `.keras` file, some of them changed. */
const changed = async (changes: Readonly<Record<string, Uint8Array | undefined>>): Promise<Uint8Array> => {
  const parts = { ...unzipSync(await fixture('plain.keras')), ...changes };
  const kept = Object.entries(parts).flatMap(([name, part]) => (part === undefined ? [] : [[name, part] as const]));
  return zipSync(Object.fromEntries(kept), { level: 9 });
};

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** `plain.keras` with something else in its description. */
const described = async (from: string | RegExp, to: string): Promise<Uint8Array> => {
  const { 'config.json': config } = unzipSync(await fixture('plain.keras'));
  const before = new TextDecoder().decode(config);
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  return changed({ 'config.json': text(after) });
};

const nested = (depth: number): string =>
  depth === 0
    ? '{"class_name":"Flatten","config":{"name":"f"}}'
    : `{"class_name":"Sequential","config":{"name":"s","layers":[${nested(depth - 1)}]}}`;

describe('Keras files that cannot be read', () => {
  it('as a whole', async () => {
    const messages = [
      await attempt(new Uint8Array(0), 'net.keras'),
      await attempt(text('<html>'), 'net.h5'),
      await attempt(await fixture('only.weights.h5'), 'net.h5'),
      await attempt(await fixture('old.h5'), 'net.h5'),
      await attempt((await fixture('plain.h5')).subarray(0, 20_000), 'net.h5'),
      await attempt((await fixture('plain.keras')).subarray(0, 20_000), 'net.keras'),
      await attempt(zipSync({ 'other.txt': text('hello') }), 'net.keras'),
      await attempt(await changed({ 'model.weights.h5': undefined }), 'net.keras'),
      await attempt(await changed({ 'model.weights.h5': text('nothing') }), 'net.keras'),
      await attempt(await changed({ 'model.weights.h5': new Uint8Array(2 ** 28) }), 'net.keras'),
      await attempt(await changed({ 'config.json': text('{') }), 'net.keras'),
      await attempt(await changed({ 'config.json': text('[]') }), 'net.keras'),
      await attempt(await changed({ 'config.json': text('['.repeat(100_000)) }), 'net.keras'),
      await attempt(await changed({ 'config.json': text(nested(40)) }), 'net.keras'),
      await attempt(await described('"class_name": "Sequential"', '"class_name": "MyModel"'), 'net.keras'),
    ];
    expect(messages).toMatchInlineSnapshot(`
      [
        "keras/invalid-archive: net.keras cannot be read as a .keras file: it is no zip archive. Expected the zip archive that model.save("model.keras") writes.",
        "hdf5/invalid: net.h5 cannot be read as an HDF5 file: it does not begin as one. The file is damaged or incomplete; fetch it or save it again.",
        "keras/weights-only: net.h5 holds the weights of a Keras model without its layers. Save the whole model: model.save("model.keras") instead of model.save_weights(…).",
        "keras/old-version: net.h5 was saved by Keras 1.2.2; versions 2 and 3 are supported. Load it with Keras 2 and save it again.",
        "hdf5/invalid: net.h5 cannot be read as an HDF5 file: truncated file: eof = 20000, sblock->base_addr = 0, stored_eof = 28416. The file is damaged or incomplete; fetch it or save it again.",
        "keras/invalid-archive: net.keras cannot be read as a .keras file: invalid zip data. Expected the zip archive that model.save("model.keras") writes.",
        "keras/invalid-archive: net.keras cannot be read as a .keras file: it lacks config.json. Expected the zip archive that model.save("model.keras") writes.",
        "keras/invalid-archive: net.keras cannot be read as a .keras file: it lacks model.weights.h5. Expected the zip archive that model.save("model.keras") writes.",
        "hdf5/invalid: net.keras/model.weights.h5 cannot be read as an HDF5 file: it does not begin as one. The file is damaged or incomplete; fetch it or save it again.",
        "keras/invalid-archive: net.keras cannot be read as a .keras file: its model.weights.h5 would have 268435456 bytes, more than the 71317584 that are read. Expected the zip archive that model.save("model.keras") writes.",
        "keras/invalid: net.keras cannot be read as a Keras model: config.json is not JSON.",
        "keras/invalid: net.keras cannot be read as a Keras model: its configuration: Invalid input: expected object, received array.",
        "keras/invalid: net.keras cannot be read as a Keras model: config.json is not JSON.",
        "keras/invalid: net.keras cannot be read as a Keras model: models are nested more than 16 deep.",
        "keras/invalid: net.keras cannot be read as a Keras model: its class is MyModel; expected Sequential or Functional (a model of own code cannot be read).",
      ]
    `);
  });

  it('because of a layer', async () => {
    const messages = [
      await attempt(await fixture('first.h5'), 'net.h5'),
      await attempt(await described('"class_name": "MaxPooling2D"', '"class_name": "UpSampling2D"'), 'net.keras'),
      await attempt(await described('"activation": "tanh"', '"activation": "gelu"'), 'net.keras'),
      await attempt(await described('"units": 5', '"units": 6'), 'net.keras'),
      await attempt(await described('"units": 5', '"units": 1e9'), 'net.keras'),
      await attempt(await described('"name": "hidden"', '"title": "hidden"'), 'net.keras'),
      await attempt(await described('"filters": 4, "kernel_size": [3, 2]', '"filters": 4, "kernel_size": [3, 900]'), 'net.keras'),
      await attempt(await described('"data_format": "channels_last"', '"data_format": "channels_first"'), 'net.keras'),
      await attempt(await described(/\[null, 7, 6, 3\]/g, '[null, 7]'), 'net.keras'),
      await attempt(await described(/\[null, 7, 6, 3\]/g, '[null, 7, 60000, 60000]'), 'net.keras'),
      await attempt(await described('"class_name": "Flatten"', '"class_name": "Dense"'), 'net.keras'),
    ];
    expect(messages).toMatchInlineSnapshot(`
      [
        "keras/unsupported-option: net.h5: layer "conv" (Conv2D) has an unsupported data_format: Invalid input: expected "channels_last".",
        "keras/unsupported-layer: net.keras: layer "max" is of the kind UpSampling2D, which is not supported. Supported kinds: Activation, ActivityRegularization, Add, AlphaDropout, AveragePooling2D, BatchNormalization, BatchNormalizationV1, Concatenate, Conv2D, Dense, DepthwiseConv2D, Dropout, Flatten, GaussianDropout, GaussianNoise, GlobalAveragePooling2D, GlobalMaxPooling2D, Identity, LeakyReLU, MaxPooling2D, Multiply, Normalization, RandomBrightness, RandomContrast, RandomFlip, RandomRotation, RandomTranslation, RandomZoom, ReLU, Rescaling, Reshape, SeparableConv2D, Softmax, SpatialDropout2D, ZeroPadding2D.",
        "keras/unsupported-option: net.keras: layer "hidden" (Dense) has an unsupported activation: gelu (supported: relu, relu6, tanh, sigmoid, softmax, leaky_relu, linear, silu, swish).",
        "keras/unsupported-option: net.keras: layer "hidden" (Dense) has a kernel of shape [16, 5]; expected [16, 6].",
        "network/layer-does-not-fit: net.keras: layer "hidden": units is [1000000000]; expected whole numbers from 1 to 16777216",
        "keras/invalid: net.keras cannot be read as a Keras model: a layer of the kind Dense has no name.",
        "keras/unsupported-option: net.keras: layer "conv" (Conv2D) has a kernel of shape [3, 2, 3, 4]; expected [3, 900, 3, 4].",
        "keras/unsupported-option: net.keras: layer "conv" (Conv2D) has an unsupported data_format: Invalid input: expected "channels_last".",
        "keras/unsupported-option: net.keras: layer "conv" (Conv2D) has a kernel of shape [3, 2, 3, 4]; expected [3, 2, 7, 4].",
        "keras/unsupported-option: net.keras: layer "conv" (Conv2D) has a kernel of shape [3, 2, 3, 4]; expected [3, 2, 60000, 4].",
        "keras/invalid: net.keras cannot be read as a Keras model: it lacks the kernel of the layer "classes" (/layers/dense_2/vars/0).",
      ]
    `);
  });
});
