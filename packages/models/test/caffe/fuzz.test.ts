import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attempt, blob, caffemodel, INPUT, layer, read } from './build.js';
import { fixture, readFrom, utf8 } from './caffe-files.js';

const load = (text: Uint8Array, weights: Uint8Array) =>
  attempt(
    readFrom(
      new Map([
        ['net.prototxt', text],
        ['net.caffemodel', weights],
      ]),
      'net.prototxt',
    ),
  );

const changes = (length: number, largest: number) =>
  fc.array(fc.tuple(fc.nat(length - 1), fc.nat(largest)), { minLength: 1, maxLength: 8 });

describe.each(['classic', 'legacy', 'normalised'])('a damaged "%s" gives an error or a network, never anything else', (name) => {
  const text = new Uint8Array(fixture(`${name}.prototxt`));
  const weights = new Uint8Array(fixture(`${name}.caffemodel`));

  it('with weights cut off', async () => {
    for (let end = 0; end < weights.length; end += 13) expect(typeof (await load(text, weights.subarray(0, end)))).toBe('string');
  });

  it('with text cut off', async () => {
    for (let end = 0; end < text.length; end += 7) await load(text.subarray(0, end), weights);
  });

  it('with changed bytes among the weights', async () => {
    await fc.assert(
      fc.asyncProperty(changes(weights.length, 255), async (bytes) => {
        const changed = weights.slice();
        for (const [at, value] of bytes) changed[at] = value;
        await load(text, changed);
      }),
      { numRuns: 200 },
    );
  });

  it('with changed bits in names, types and sizes of the weights', async () => {
    await fc.assert(
      fc.asyncProperty(changes(60, 7), async (bits) => {
        const changed = weights.slice();
        for (const [at, bit] of bits) changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        await load(text, changed);
      }),
      { numRuns: 200 },
    );
  });

  it('with changed characters in the text', async () => {
    await fc.assert(
      fc.asyncProperty(changes(text.length, 127), async (characters) => {
        const changed = text.slice();
        for (const [at, value] of characters) changed[at] = value;
        await load(changed, weights);
      }),
      { numRuns: 300 },
    );
  });
});

describe('absurd numbers give an error or a network', () => {
  const size = fc.oneof(
    fc.constantFrom(0, -1, 1, 2, 3, 5, 1e9, 2 ** 31, 2 ** 40, -(2 ** 31), '9'.repeat(300)),
    fc.integer({ min: -3, max: 30 }),
  );
  const field = (message: string, ...names: string[]) =>
    fc.array(fc.tuple(fc.constantFrom(...names), size), { maxLength: 5 }).map((pairs) => {
      const seen = new Map(pairs);
      return `${message} { ${[...seen].map(([name, value]) => `${name}: ${value}`).join(' ')} }`;
    });
  const drafts = fc.oneof(
    fc.tuple(
      fc.constant('Convolution'),
      field('convolution_param', 'num_output', 'kernel_size', 'pad', 'stride', 'group', 'dilation', 'kernel_h', 'kernel_w', 'axis'),
    ),
    fc.tuple(
      fc.constant('Pooling'),
      field(
        'pooling_param',
        'kernel_size',
        'stride',
        'pad',
        'pool',
        'stride_h',
        'stride_w',
        'pad_h',
        'pad_w',
        'global_pooling',
        'round_mode',
      ),
    ),
    fc.tuple(fc.constant('LRN'), field('lrn_param', 'local_size', 'alpha', 'beta', 'norm_region', 'k')),
    fc.tuple(fc.constant('InnerProduct'), field('inner_product_param', 'num_output', 'axis', 'transpose', 'bias_term')),
    fc.tuple(fc.constant('Concat'), field('concat_param', 'axis', 'concat_dim')),
    fc.tuple(fc.constant('Flatten'), field('flatten_param', 'axis', 'end_axis')),
    fc.tuple(fc.constant('Reshape'), field('reshape_param', 'axis', 'num_axes')),
    fc.tuple(fc.constant('Power'), field('power_param', 'scale', 'shift', 'power')),
    fc.tuple(fc.constant('BatchNorm'), field('batch_norm_param', 'eps', 'use_global_stats')),
    fc.tuple(fc.constant('Dropout'), field('dropout_param', 'dropout_ratio')),
    fc.tuple(fc.constant('Scale'), field('scale_param', 'axis', 'num_axes', 'bias_term')),
    fc.tuple(fc.constant('Softmax'), field('softmax_param', 'axis')),
    fc.tuple(fc.constant('Clip'), field('clip_param', 'min', 'max')),
  );

  it('in parameters and the shape of the input', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(drafts, { minLength: 1, maxLength: 4 }), fc.tuple(size, size, size), async (layers, [c, h, w]) => {
        const body = layers.map(([type, parameters], i) => layer(`l${i}`, type, i === 0 ? 'data' : `l${i - 1}`, parameters)).join('');
        const weights = Object.fromEntries(layers.map((_, i) => [`l${i}`, [blob([2, 2, 3, 3]), blob([2]), blob([1], [1])]]));
        await attempt(read(INPUT + body, weights));
        await attempt(read(`input: "data" input_dim: [1, ${c}, ${h}, ${w}]\n${body}`, weights));
      }),
      { numRuns: 600 },
    );
  });
});

describe('small files that ask for much', () => {
  const chain = (count: number, make: (name: string, from: string) => string): string =>
    Array.from({ length: count }, (_, i) => make(`n${i}`, i === 0 ? 'data' : `n${i - 1}`)).join('');

  it('a thousand million filters', async () => {
    const text = INPUT + layer('fc', 'InnerProduct', 'data', 'inner_product_param { num_output: 1000000000 }');
    expect(await attempt(read(text, { fc: [blob([5, 50])] }))).toBe(
      'net.caffemodel: layer "fc" (InnerProduct) has a matrix of shape [5, 50]; expected [1000000000, 50].',
    );
  });

  it('channels doubled over and over', async () => {
    const text = chain(60, (name, from) => layer(name, 'Concat', from, `bottom: "${from}"`));
    expect(await attempt(read(INPUT + text))).toContain('more than a gigabyte');
  });

  it('neighbourhoods of a million positions', async () => {
    const text = layer('n', 'LRN', 'data', 'lrn_param { local_size: 1001 norm_region: WITHIN_CHANNEL }');
    expect(await attempt(read(INPUT + text))).toContain('asks for far more weights than it contains');
  });

  it('one scale for more and more channels', async () => {
    const doubled = chain(20, (name, from) => layer(name, 'Concat', from, `bottom: "${from}"`));
    const scaled = Array.from({ length: 40 }, (_, i) => layer(`s${i}`, 'Power', 'n19', 'power_param { scale: 2 }')).join('');
    const input = 'input: "data" input_shape { dim: 1 dim: 3 dim: 1 dim: 1 }';
    expect(await attempt(read(input + doubled + scaled))).toContain('asks for far more weights than it contains');
  });

  it('messages within messages', async () => {
    expect(await attempt(read('layer { x_param '.concat('{ y '.repeat(100_000))))).toContain('messages are nested more than 32 deep');
  });

  it('hundreds of thousands of messages', async () => {
    expect(await attempt(read('layer{}'.repeat(110_000)))).toContain('more than 100000 messages');
    const empty = Uint8Array.from({ length: 960_000 }, (_, i) => [0xa2, 0x06, 0][i % 3] ?? 0);
    expect(await load(utf8(INPUT), empty)).toContain('there are more than 300000 messages');
  });

  it('thousands of layers of one name', async () => {
    const network = await attempt(read(INPUT + layer('same', 'ReLU', 'data').replaceAll('top: "same"', 'top: "data"').repeat(15_000)));
    expect(network).toMatchObject({ outputs: ['same#15000'] });
    expect(await attempt(read(INPUT + layer('same', 'ReLU', 'data').repeat(25_000)))).toContain('it has more than 20000 layers');
  });

  it('a layer with thousands of bottoms', async () => {
    const text = `layer { name: "j" type: "Eltwise" top: "j" ${'bottom: "data" '.repeat(50_000)} }`;
    expect(await attempt(read(INPUT + text))).toContain('has 50000 bottoms; expected at most 10000');
  });

  it('one weight in as many pieces as it has bytes', async () => {
    const piece = [0x2a, 4, 0, 0, 0, 0];
    const data = Uint8Array.from({ length: 6 * 310_000 }, (_, i) => piece[i % 6] ?? 0);
    const model = framed(0xa2, 0x06, framed(0x3a, undefined, data));
    expect(await load(utf8(INPUT), model)).toContain('is in more than 300000 pieces');
  });

  it('strings and text of many megabytes', async () => {
    expect(await load(new Uint8Array(9_000_000).fill(0x20), caffemodel({}))).toContain('it has 9000000 bytes; expected at most 8000000');
    const name = 'n'.repeat(2_000_000);
    expect(await attempt(read(INPUT + layer(name, 'ReLU', 'data')))).toContain('the name of a layer has 2000000 characters');
  });
});

/** A length-delimited field. */
const framed = (first: number, second: number | undefined, content: Uint8Array): Uint8Array => {
  const length: number[] = [];
  for (let left = content.length; left > 0; left >>>= 7) length.push(left > 127 ? (left & 127) | 128 : left);
  const head = [first, ...(second === undefined ? [] : [second]), ...length];
  const bytes = new Uint8Array(head.length + content.length);
  bytes.set(head);
  bytes.set(content, head.length);
  return bytes;
};
