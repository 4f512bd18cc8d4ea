import { describe, expect, it } from 'vitest';
import { readBytes } from './fixtures.js';
import { cell, EMPTY, matFile, row, single, structs, text } from './mat5-writer.js';
import { conv, dagFile, layer, simpleFile, sized } from './networks.js';

const layersOf = async (bytes: Uint8Array) => (await readBytes(bytes)).network.layers;

describe('options of MatConvNet layers', () => {
  it('paddings are [top bottom left right], one number, or [vertical horizontal]', async () => {
    const padded = (...pad: readonly number[]) => conv([1, 1, 1, 1], { pad: row(...pad) });
    const layers = await layersOf(simpleFile([padded(1, 2, 3, 4), padded(5), padded(6, 7)], sized(9, 9, 1)));
    expect(layers).toMatchObject([
      { padding: { top: 1, bottom: 2, left: 3, right: 4 } },
      { padding: { top: 5, bottom: 5, left: 5, right: 5 } },
      { padding: { top: 6, bottom: 6, left: 7, right: 7 } },
    ]);
  });

  it('alpha of a response normalisation counts each channel: ours is divided by the size', async () => {
    const [lrn, standard] = await layersOf(
      simpleFile([layer('lrn', { param: row(5, 2, 1e-4, 0.75) }), layer('normalize')], sized(9, 9, 3)),
    );
    expect(lrn).toMatchObject({ kind: 'lrn', size: 5, bias: 2, alpha: 5e-4, beta: 0.75 });
    expect(standard).toMatchObject({ kind: 'lrn', size: 5, bias: 1, alpha: 0.0001, beta: 0.75 });
  });

  it('deviations become variances', async () => {
    const moments = single([2, 2], [1, 2, 3, 4]);
    const { network } = await readBytes(
      simpleFile([conv([1, 1, 3, 2]), layer('bnorm', { name: text('bn'), weights: cell(row(1, 1), row(0, 0), moments) })], sized(9, 9, 3)),
    );
    expect(network.layers[1]).toMatchObject({ kind: 'batchNorm', epsilon: 0 });
    expect(network.weights.get('bn/mean')?.data).toEqual(Float32Array.of(1, 2));
    expect(network.weights.get('bn/variance')?.data).toEqual(Float32Array.of(9, 16));
  });

  it('weights go from column-major to [kh, kw, in, out]', async () => {
    const { network } = await readBytes(
      simpleFile(
        [
          layer('conv', {
            weights: cell(
              single([2, 3, 2, 2], (i) => i),
              EMPTY,
            ),
          }),
        ],
        sized(9, 9, 2),
      ),
    );
    const kernel = network.weights.get('layer1/kernel');
    expect(kernel?.shape).toEqual([2, 3, 2, 2]);
    // Element (y, x, c, k) of an array of 2×3×2×2 stands at y + 2x + 6c + 12k.
    const expected = [0, 1].flatMap((y) => [0, 1, 2].flatMap((x) => [0, 1].flatMap((c) => [0, 1].map((k) => y + 2 * x + 6 * c + 12 * k))));
    expect([...(kernel?.data ?? [])]).toEqual(expected);
    expect(network.layers[0]).toMatchObject({ bias: false });
  });

  it('sizes that MATLAB leaves out are 1', async () => {
    const layers = await layersOf(simpleFile([layer('conv', { weights: cell(single([3, 3], () => 1)) })], sized(9, 9, 1)));
    expect(layers).toMatchObject([{ kernelSize: [3, 3], filters: 1, groups: 1 }]);
  });

  it('losses stand for their prediction, under their own number', async () => {
    const layers = await layersOf(simpleFile([layer('softmaxloss'), layer('loss'), layer('relu', { leak: row(0) })], sized(9, 9, 3)));
    expect(layers.map(({ name, kind }) => `${name} ${kind}`)).toEqual(['layer1 softmax', 'layer2 identity', 'layer3 relu']);
  });

  it('names that occur twice get a number', async () => {
    const named = () => layer('relu', { name: text('input') });
    const { network } = await readBytes(simpleFile([named(), named()], sized(9, 9, 3)));
    expect(network.input.name).toBe('input#picture');
    expect(network.layers.map(({ name }) => name)).toEqual(['input', 'input#2']);
  });
});

describe('pictures and classes', () => {
  it('a network that does not say its size gets the common one that it gives one position for', async () => {
    const lenet = [
      conv([5, 5, 1, 2]),
      layer('pool', { pool: row(2), stride: row(2), method: text('max') }),
      conv([5, 5, 2, 2]),
      layer('pool', { pool: row(2), stride: row(2), method: text('max') }),
      conv([4, 4, 2, 3]),
    ];
    expect(await readBytes(simpleFile(lenet))).toMatchObject({ size: [28, 28], fixedSize: false });
    expect(await readBytes(simpleFile(lenet), 'net.mat', [40, 50])).toMatchObject({ size: [40, 50] });
  });

  it('an average of grey values, a relative crop', async () => {
    const normalization = structs({ imageSize: row(28, 28, 1), averageImage: row(33), cropSize: row(0.875) });
    const found = await readBytes(simpleFile([conv([1, 1, 1, 2])], { meta: structs({ normalization }) }));
    expect(found.preprocessing).toEqual({ channelOrder: 'grey', scale: 1, mean: [33], std: [1], resizeShortSide: 32 });
  });

  it('no crop where the picture is stretched', async () => {
    const normalization = structs({ imageSize: row(8, 8, 3), border: row(2, 2), keepAspect: row(0) });
    const found = await readBytes(simpleFile([conv([1, 1, 3, 2])], { normalization }));
    expect(found.preprocessing).toEqual({ channelOrder: 'rgb', scale: 1, mean: [0, 0, 0], std: [1, 1, 1] });
  });

  it('as many names as classes, or none', async () => {
    const named = (...names: readonly string[]) =>
      readBytes(simpleFile([conv([1, 1, 3, 2])], { classes: structs({ name: cell(...names.map(text)) }) }));
    expect(await named('cat', 'dog')).toMatchObject({ labels: ['cat', 'dog'] });
    expect(await named('cat', 'dog', 'hen')).not.toHaveProperty('labels');
  });

  it('a network under another name, compressed', async () => {
    const net = structs({ layers: cell(conv([1, 1, 3, 2])), meta: structs({ inputSize: row(9, 8, 3) }) });
    expect(await readBytes(matFile({ imdb: row(1), model: net }, true))).toMatchObject({ size: [9, 8] });
  });
});

describe('DagNN', () => {
  it('without anything to reorder keeps the order of the file, and all ends are outputs', async () => {
    const relu = (name: string, from: string) => ({ name, type: 'dagnn.ReLU', inputs: [from], output: `${name}_x` });
    const found = await readBytes(dagFile([relu('a', 'in'), relu('b', 'a_x'), relu('c', 'a_x'), relu('d', 'c_x')], {}, sized(5, 5, 3)));
    expect(found.network.layers.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
    expect(found.network.outputs).toEqual(['b', 'd']);
    expect(found.network.input.name).toBe('in');
  });

  it('applies shared weights to other numbers of channels as they are', async () => {
    const point = (name: string, from: string) => ({ name, type: 'dagnn.Conv', inputs: [from], output: name, params: ['f'] });
    const file = dagFile([point('a', 'in'), point('b', 'a')], { f: single([1, 1, 2, 4], Math.sin) }, sized(5, 5, 2));
    const { network } = await readBytes(file);
    expect(network.layers).toMatchObject([{ groups: 1 }, { groups: 2 }]);
    expect(network.weights.get('b/kernel')?.data).toEqual(network.weights.get('a/kernel')?.data);
  });
});
