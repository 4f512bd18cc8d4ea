import { isFeaturescopeError, type Network } from '@featurescope/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importTfjsLayers, parseModelJson, readWeights } from '../../src/tfjs-layers/index.js';

const layer = (className: string, name: string, config: object, inbound?: unknown) => ({
  class_name: className,
  config: { name, ...config },
  ...(inbound === undefined ? {} : { name, inbound_nodes: inbound }),
});
const from = (...names: string[]) => [names.map((name) => [name, 0, 0, {}])];

const CONV = { filters: 2, kernel_size: [3, 3], padding: 'same', activation: 'relu', use_bias: true };
const LAYERS = [
  layer('Conv2D', 'conv', { ...CONV, batch_input_shape: [null, 8, 8, 1] }),
  layer('MaxPooling2D', 'pool', { pool_size: [2, 2], padding: 'valid' }),
  layer('Flatten', 'flat', {}),
  layer('Dense', 'dense', { units: 3, activation: 'softmax', use_bias: false }),
];
const MANIFEST = [
  {
    paths: ['w.bin'],
    weights: [
      { name: 'conv/kernel', shape: [3, 3, 1, 2], dtype: 'float32' },
      { name: 'conv/bias', shape: [2], dtype: 'float32' },
      { name: 'dense/kernel', shape: [32, 3], dtype: 'float32' },
    ],
  },
];
const BYTES = new Uint8Array(4 * (18 + 2 + 96));

const sequential = (layers: unknown, weightsManifest: unknown = MANIFEST): string =>
  JSON.stringify({
    format: 'layers-model',
    modelTopology: { model_config: { class_name: 'Sequential', config: { name: 's', layers } } },
    weightsManifest,
  });
const functional = (layers: readonly unknown[], outputs: unknown = [['out', 0, 0]]): string =>
  JSON.stringify({
    modelTopology: {
      class_name: 'Model',
      config: {
        layers: [layer('InputLayer', 'in', { batch_input_shape: [null, 8, 8, 3] }, []), ...layers],
        input_layers: [['in', 0, 0]],
        output_layers: outputs,
      },
    },
    weightsManifest: [],
  });

/** A network, or the error that a user would see; anything else is thrown on. */
const attempt = async (text: string, bytes = BYTES): Promise<Network | string> => {
  try {
    const model = parseModelJson(text, 'model.json');
    const weights = await readWeights(model.weightsManifest, 'model.json', async (_, limit) => bytes.subarray(0, Math.max(0, limit)));
    return importTfjsLayers(model, weights, 'model.json').network;
  } catch (error) {
    if (isFeaturescopeError(error)) return error.message;
    throw error;
  }
};

const replaced = (index: number, with_: object) => LAYERS.map((one, i) => (i === index ? with_ : one));

describe('the TensorFlow.js layers importer', () => {
  it('reads both ways of writing a sequential model', async () => {
    expect(await attempt(sequential(LAYERS))).toMatchObject({ outputs: ['dense/softmax'] });
    const bare = JSON.stringify({ modelTopology: { class_name: 'Sequential', config: LAYERS }, weightsManifest: MANIFEST });
    expect(await attempt(bare)).toMatchObject({ outputs: ['dense/softmax'] });
  });

  it('finds weights with further scopes in front of their names', async () => {
    const [group] = MANIFEST;
    const scoped = [{ paths: ['w.bin'], weights: group?.weights.map((weight) => ({ ...weight, name: `model/${weight.name}` })) }];
    expect(await attempt(sequential(LAYERS, scoped))).toMatchObject({ outputs: ['dense/softmax'] });
  });

  it('reads references as Keras 3 writes them', async () => {
    const tensor = { class_name: '__keras_tensor__', config: { shape: [null, 8, 8, 3], keras_history: ['in', 0, 0] } };
    const text = functional([layer('Add', 'out', {}, [{ args: [[tensor, tensor]], kwargs: {} }])], ['out', 0, 0]);
    expect(await attempt(text)).toMatchObject({ layers: [{ kind: 'add', inputs: ['in', 'in'] }], outputs: ['out'] });
  });

  it.each<[string, string, string]>([
    ['text that is no JSON', '{', 'it is not JSON'],
    ['JSON of something else', '[1]', 'cannot be read as a TensorFlow.js layers model'],
    ['graph models', JSON.stringify({ format: 'graph-model' }), 'it is a graph model'],
    [
      'an unknown kind of layer',
      sequential(replaced(1, layer('Conv3D', 'cube', {}))),
      'layer "cube" is of the kind Conv3D, which is not supported. Supported kinds: Activation,',
    ],
    [
      'an unknown activation',
      sequential(replaced(0, layer('Conv2D', 'conv', { ...CONV, activation: 'mish', batch_input_shape: [null, 8, 8, 1] }))),
      'mish (supported: relu',
    ],
    [
      'channels first',
      sequential(replaced(1, layer('MaxPooling2D', 'pool', { data_format: 'channels_first' }))),
      'unsupported data_format',
    ],
    ['a missing input shape', sequential(LAYERS.slice(1)), 'its input shape is missing'],
    [
      'an absurd input shape',
      sequential(replaced(0, layer('Conv2D', 'conv', { ...CONV, batch_input_shape: [null, 1e9, 8, 1] }))),
      'its input shape is [object,1000000000,8,1]',
    ],
    ['missing weights', sequential(LAYERS, []), 'layer "conv" (Conv2D) lacks its weight "conv/kernel"'],
    [
      'other filters',
      sequential(replaced(0, layer('Conv2D', 'conv', { ...CONV, filters: 5, batch_input_shape: [null, 8, 8, 1] }))),
      'has a kernel of shape [3, 3, 1, 2]; expected [3, 3, 1, 5]',
    ],
    [
      'absurd weights',
      sequential(LAYERS, [{ paths: ['w.bin'], weights: [{ name: 'a', shape: [2 ** 40, 2 ** 40], dtype: 'float32' }] }]),
      'has the shape',
    ],
    [
      'weights of text',
      sequential(LAYERS, [{ paths: ['w.bin'], weights: [{ name: 'a', shape: [1], dtype: 'string' }] }]),
      'is stored as string',
    ],
    [
      'a missing layer',
      functional([layer('Activation', 'out', { activation: 'relu' }, from('nobody'))]),
      'takes "nobody", which is missing',
    ],
    [
      'a cycle',
      functional([layer('Add', 'a', {}, from('in', 'out')), layer('Activation', 'out', { activation: 'relu' }, from('a'))]),
      '(a cycle)',
    ],
    ['a missing output', functional([layer('Activation', 'a', { activation: 'relu' }, from('in'))]), 'its output "out" does not exist'],
    ['two inputs', functional([layer('InputLayer', 'more', { batch_input_shape: [null, 8, 8, 3] }, [])]), 'expected one picture'],
    [
      'a window larger than the map',
      functional([layer('MaxPooling2D', 'out', { pool_size: 99 }, from('in'))]),
      'model.json: layer "out": a 99×99 window does not fit',
    ],
  ])('refuses %s', async (_, text, part) => expect(await attempt(text)).toContain(part));

  it('refuses weight files that are cut short', async () => {
    expect(await attempt(sequential(LAYERS), BYTES.subarray(0, 100))).toContain('the weight files w.bin hold 100 bytes; expected 464');
  });

  it('refuses models within models without end', async () => {
    let inner: object = layer('Sequential', 'leaf', { layers: [] });
    for (let depth = 0; depth < 9; depth++) inner = layer('Sequential', `s${depth}`, { layers: [inner, inner, inner] });
    expect(await attempt(functional([{ ...inner, name: 'out', inbound_nodes: from('in') }]))).toContain(
      'it applies more than 20000 layers',
    );
  });

  it('answers damaged files with an error or a network, never otherwise', async () => {
    const good = sequential(LAYERS);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: good.length }),
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.constantFrom(...'0123456789[]{}",:-en.x')), { maxLength: 3 }),
        fc.nat(BYTES.length),
        async (end, changes, bytes) => {
          const characters = [...good];
          for (const [at, character] of changes) characters[at] = character;
          await attempt(characters.join(''), BYTES.subarray(0, bytes % 3 === 0 ? bytes : BYTES.length));
          await attempt(good.slice(0, end));
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('answers absurd options with an error or a network, never otherwise', async () => {
    const number = fc.oneof(fc.constantFrom(0, -1, 1.5, 1e300, 2 ** 31, 2 ** 53), fc.integer({ min: -3, max: 30 }));
    const value = fc.oneof(number, fc.array(number, { maxLength: 3 }), fc.constantFrom(null, 'same', 'relu', true, {}, []));
    const option = fc.constantFrom(
      'filters',
      'kernel_size',
      'strides',
      'dilation_rate',
      'pool_size',
      'padding',
      'units',
      'axis',
      'rate',
      'target_shape',
      'max_value',
      'groups',
    );
    const kind = fc.constantFrom(
      'Conv2D',
      'MaxPooling2D',
      'AveragePooling2D',
      'Reshape',
      'ReLU',
      'Dropout',
      'Concatenate',
      'ZeroPadding2D',
      'Dense',
      'BatchNormalization',
      'Softmax',
    );
    await fc.assert(
      fc.asyncProperty(kind, fc.dictionary(option, value, { maxKeys: 5 }), async (className, config) => {
        await attempt(functional([layer(className, 'out', config, from('in'))]));
        await attempt(sequential(replaced(1, layer(className, 'pool', config))));
      }),
      { numRuns: 1500 },
    );
  });
});
