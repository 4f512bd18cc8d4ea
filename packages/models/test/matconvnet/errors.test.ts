import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBytes } from './fixtures.js';
import { cell, EMPTY, element, HEADER, type Item, joined, matFile, matrix, row, single, structs, text } from './mat5-writer.js';
import { conv, dagFile, layer, simpleFile, sized } from './networks.js';

const messageOf = async (bytes: Uint8Array): Promise<string> => {
  try {
    await readBytes(bytes);
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : 'thrown';
  }
  return 'no error';
};

const ofLayer = (item: Item, ...before: readonly Item[]): Uint8Array => simpleFile([...before, item], sized(9, 9, 3));
const unreadable = (arrayClass: number): Item => ({ arrayClass, dims: [1, 1], body: [] });
const opaque = (): Item => ({ arrayClass: 17, dims: [], body: [] });

/** Objects have a name, a system and a class where other arrays have dimensions and a name. */
const opaqueVariable = (name: string, className: string): Uint8Array =>
  element(
    14,
    joined([
      element(6, new Uint8Array(Uint32Array.of(opaque().arrayClass, 0).buffer)),
      ...[name, 'MCOS', className].map((value) => element(1, new TextEncoder().encode(value))),
    ]),
  );

describe('the MatConvNet importer names what it cannot read', () => {
  it('a type of layer', async () => {
    expect(await messageOf(ofLayer(layer('pdist', { name: text('distance') }), conv([3, 3, 3, 2])))).toMatchInlineSnapshot(
      `"FeaturescopeError: net.mat: layer 2 "distance" is of the type pdist, which is not supported. Supported types: bnorm, conv, dropout, loss, lrn, normalize, pool, relu, sigmoid, softmax, softmaxloss."`,
    );
  });

  it('a block of a DagNN', async () => {
    const file = dagFile([{ name: 'up', type: 'dagnn.ConvTranspose', inputs: ['data'], output: 'x' }]);
    expect(await messageOf(file)).toMatchInlineSnapshot(
      `"FeaturescopeError: net.mat: layer 1 "up" is of the type dagnn.ConvTranspose, which is not supported. Supported types: dagnn.BatchNorm, dagnn.Concat, dagnn.Conv, dagnn.DropOut, dagnn.LRN, dagnn.Loss, dagnn.Pooling, dagnn.ReLU, dagnn.Scale, dagnn.Sigmoid, dagnn.SoftMax, dagnn.Sum."`,
    );
  });

  it('a file without a network', async () => {
    expect(await messageOf(matFile({ images: row(1), labels: row(2) }))).toMatchInlineSnapshot(
      `"FeaturescopeError: net.mat holds no MatConvNet network: expected a variable "layers", or a structure "net" with the field layers; found images, labels."`,
    );
  });

  it('a DagNN saved as an object', async () => {
    expect(await messageOf(joined([HEADER, opaqueVariable('net', 'dagnn.DagNN')]))).toMatchInlineSnapshot(
      `"FeaturescopeError: net.mat holds no network that can be read: its variable "net" is an object of the class dagnn.DagNN; save \`net.saveobj()\` of a DagNN instead."`,
    );
  });

  it('a damaged file', async () => {
    expect(await messageOf(simpleFile([conv([3, 3, 3, 2])]).subarray(0, 500))).toMatchInlineSnapshot(
      `"FeaturescopeError: net.mat: variable 1 should have 632 bytes, but only 364 are there. The file is damaged or incomplete; fetch or save it again."`,
    );
  });

  it('an old file', async () => {
    expect(await messageOf(new Uint8Array(200))).toMatchInlineSnapshot(
      `"FeaturescopeError: net.mat is a MAT-file of version 4, which holds no structures. Load it in MATLAB or Octave and save it with -v7."`,
    );
  });

  it('another file', async () => {
    expect(await messageOf(readFileSync(import.meta.filename))).toMatchInlineSnapshot(
      `"FeaturescopeError: net.mat cannot be read as a MAT-file: it has no header of version 5."`,
    );
  });

  it.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(0), 'it has only 0 bytes'],
    ['no layers', simpleFile([]), 'its layers are empty; expected a cell array (SimpleNN) or a structure array (DagNN)'],
    ['layers of another kind', matFile({ layers: row(1, 2) }), 'its layers are an array of 1×2'],
    ['a layer that is no structure', simpleFile([row(1)]), 'layer 1 is an array of 1×1; expected a structure'],
    ['no weights', ofLayer(layer('conv')), 'layer 1 "layer1" (conv) has no filters'],
    ['empty weights', ofLayer(layer('conv', { weights: cell(EMPTY, EMPTY) })), 'layer 1 "layer1" (conv) has no filters'],
    ['weights in another form', ofLayer(layer('conv', { weights: row(1) })), 'has an array of 1×1 as weights; expected a cell array'],
    ['text as weights', ofLayer(layer('conv', { weights: cell(text('a')) })), 'has text as weights{1}; expected numbers'],
    ['sparse weights', ofLayer(layer('conv', { weights: cell(unreadable(5)) })), 'has a sparse matrix as weights{1}'],
    ['complex weights', ofLayer(layer('conv', { weights: cell(unreadable(0x807)) })), 'has complex numbers as weights{1}'],
    ['a function as weights', ofLayer(layer('conv', { weights: cell(unreadable(16)) })), 'has a function handle as weights{1}'],
    ['weights of five axes', ofLayer(conv([1, 1, 3, 1, 2])), 'has filters of 1×1×3×1×2'],
    ['weights for other channels', ofLayer(conv([3, 3, 2, 2])), 'has 2 filters for 2 channels each, but its input has 3 channels'],
    ['filters that groups do not share', ofLayer(conv([3, 3, 1, 4])), 'has 4 filters for 1 channels each, but its input has 3 channels'],
    ['other biases', ofLayer(conv([3, 3, 3, 2], {}, 5)), 'has an array of 1×5 as biases; expected 2 values'],
    ['a stride of three', ofLayer(conv([3, 3, 3, 2], { stride: row(1, 2, 3) })), 'has [1 2 3] as stride; expected one or two numbers'],
    ['a stride of nothing', ofLayer(conv([3, 3, 3, 2], { stride: row(0) })), 'net.mat: layer "layer1": stride is [0,0]'],
    ['half a stride', ofLayer(conv([3, 3, 3, 2], { stride: row(0.5) })), 'stride is [0.5,0.5]'],
    ['three paddings', ofLayer(conv([3, 3, 3, 2], { pad: row(1, 2, 3) })), 'has [1 2 3] as pad'],
    ['text as padding', ofLayer(conv([3, 3, 3, 2], { pad: text('same') })), 'has text as pad; expected numbers'],
    ['a window larger than the map', ofLayer(conv([10, 10, 3, 2])), 'a 10×10 window does not fit into a map of 9×9'],
    ['another pooling', ofLayer(layer('pool', { pool: row(2, 2), method: text('lp') })), 'pools by the method "lp"; expected max or avg'],
    ['a pool without a size', ofLayer(layer('pool', { method: text('max') })), 'lacks its pool'],
    ['a pool in its padding', ofLayer(layer('pool', { pool: row(2, 2), pad: row(2) })), 'less than the window of 2×2'],
    ['another normalisation', ofLayer(layer('lrn', { param: row(5, 1) })), 'has [5 1] as param; expected [N kappa alpha beta]'],
    ['no moments', ofLayer(layer('bnorm', { weights: cell(row(1, 1, 1), row(1, 1, 1)) })), 'has no moments'],
    [
      'moments of zeros',
      ofLayer(
        layer('bnorm', {
          weights: cell(
            row(1, 1, 1),
            row(1, 1, 1),
            single([3, 2], () => 0),
          ),
        }),
      ),
      'has 0 as the deviation of a channel',
    ],
    [
      'moments the other way round',
      ofLayer(
        layer('bnorm', {
          weights: cell(
            row(1, 1, 1),
            row(1, 1, 1),
            single([2, 3], () => 1),
          ),
        }),
      ),
      'has an array of 2×3 as moments; expected 3×2',
    ],
    ['a dropout of everything', ofLayer(layer('dropout', { rate: row(1) })), 'rate is 1; expected a number from 0 to below 1'],
    ['weights that are not finite', ofLayer(layer('conv', { weights: cell(single([1, 1, 3, 1], () => Number.NaN)) })), 'must be finite'],
    ['no channels', simpleFile([layer('relu')]), 'how many channels its pictures have'],
    ['pictures without a size', simpleFile([conv([3, 3, 3, 2])], sized(-1, 9, 3)), 'says that pictures have the size [-1 9 3]'],
    [
      'an average of other channels',
      simpleFile([conv([3, 3, 3, 2])], {
        normalization: structs({ imageSize: row(9, 9, 3), averageImage: single([9, 9, 2], () => 1) }),
      }),
      'has an array of 9×9×2 as averageImage; expected 3 channels',
    ],
    [
      'a missing parameter',
      dagFile([{ name: 'c', type: 'dagnn.Conv', inputs: ['data'], output: 'x', params: ['f'] }]),
      'layer 1 "c" (dagnn.Conv) takes the parameter "f", which does not exist',
    ],
    [
      'two inputs',
      dagFile([{ name: 's', type: 'dagnn.Sum', inputs: ['left', 'right'], output: 'x' }]),
      'it takes 2 inputs ("left", "right"); expected one picture',
    ],
    [
      'a cycle',
      dagFile([
        { name: 'a', type: 'dagnn.Sum', inputs: ['data', 'y'], output: 'x' },
        { name: 'b', type: 'dagnn.ReLU', inputs: ['x'], output: 'y' },
      ]),
      'depends on its own output (a cycle)',
    ],
    [
      'a variable computed twice',
      dagFile([
        { name: 'a', type: 'dagnn.ReLU', inputs: ['data'], output: 'x' },
        { name: 'b', type: 'dagnn.ReLU', inputs: ['data'], output: 'x' },
      ]),
      'the variable "x" is computed by two layers',
    ],
    [
      'a join of heights',
      dagFile([{ name: 'j', type: 'dagnn.Concat', inputs: ['data', 'data'], output: 'x', block: { dim: row(1) } }], {}, sized(9, 9, 3)),
      'joins along dimension 1; expected 3 (channels)',
    ],
    ['bytes that are no variables', joined([HEADER, element(9, new Uint8Array(8))]), 'variable 1 is an element of type 9'],
    [
      'compressed bytes that are none',
      joined([HEADER, element(15, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8))]),
      'variable 1 cannot be decompressed',
    ],
    ['an array of an unknown class', joined([HEADER, matrix(unreadable(40), 'layers')]), 'layers is of the unknown class 40'],
  ])('%s', async (_, bytes, part) => expect(await messageOf(bytes)).toContain(part));
});
