import { describe, expect, it } from 'vitest';
import { parsePrototxt } from '../../src/caffe/parse-text.js';
import { printPrototxt } from '../../src/caffe/print-text.js';

const parse = (text: string) => parsePrototxt(text, 'net.prototxt');

const messageOf = (text: string): string => {
  try {
    parse(text);
  } catch (error) {
    return error instanceof Error ? error.message : 'thrown';
  }
  return 'no error';
};

describe("protobuf's text format", () => {
  it('has messages with and without a colon, in curly or pointed brackets', () => {
    const net = { layer: [{ name: 'a', convolution_param: { num_output: 3 } }] };
    expect(parse('layer { name: "a" convolution_param { num_output: 3 } }')).toEqual(net);
    expect(parse("layer: { name: 'a', convolution_param: < num_output: 3; >; }")).toEqual(net);
    expect(parse('layer{name:"a"convolution_param{num_output:3}}')).toEqual(net);
  });

  it('has repeated fields one by one and as lists', () => {
    expect(parse('input_dim: 1 input_dim: 3\ninput_dim: [227, 0xE3] input: []')).toEqual({ input_dim: [1, 3, 227, 227] });
    expect(parse('layer: [{ name: "a" }, { name: "b" }]')).toEqual({ layer: [{ name: 'a' }, { name: 'b' }] });
  });

  it('has comments up to the end of a line, but not within strings', () => {
    expect(parse('# first\nname: "a # b" # last\n#')).toEqual({ name: 'a # b' });
  });

  it('has strings with escapes, in two kinds of quotes, joined when they follow each other', () => {
    expect(parse(String.raw`name: "a\"b\\\n" 'c"' "\303\244\x41"`)).toEqual({ name: 'a"b\\\nc"äA' });
  });

  it('has numbers of several forms, truth values and names of enums, or their numbers', () => {
    const text = `layer { lrn_param { alpha: 1e-4 beta: .75f k: -2 norm_region: WITHIN_CHANNEL }
      pooling_param { pool: 1 global_pooling: true } convolution_param { bias_term: 0 } clip_param { min: -inf max: infinity } }`;
    expect(parse(text)).toEqual({
      layer: [
        {
          lrn_param: { alpha: 1e-4, beta: 0.75, k: -2, norm_region: 'WITHIN_CHANNEL' },
          pooling_param: { pool: 'AVE', global_pooling: true },
          convolution_param: { bias_term: false },
          clip_param: { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY },
        },
      ],
    });
  });

  it('skips messages that do not change what a network gives', () => {
    const text = `layer { name: "a" param { lr_mult: 1 } data_param { source: "x" backend: LMDB list: [1, 2] deeper { y: -inf } }
      convolution_param { weight_filler { type: "xavier" } num_output: 2 } }`;
    expect(parse(text)).toEqual({ layer: [{ name: 'a', convolution_param: { num_output: 2 } }] });
  });

  it('is printed so that it can be parsed again', () => {
    const net = {
      name: 'ä "quoted" \\ name\n',
      layer: [
        { name: 'a', type: 'Convolution', bottom: ['x', 'y'], convolution_param: { num_output: 3, kernel_size: [3, 5], bias_term: false } },
        { name: 'b', pooling_param: { pool: 'AVE' as const }, clip_param: { min: Number.NEGATIVE_INFINITY, max: 1e-7 } },
        { name: 'c', reshape_param: { shape: { dim: [0, -1] } } },
      ],
    };
    const text = printPrototxt(net);
    expect(parse(text)).toEqual(net);
    expect(text.split('\n').slice(1, 12).join('\n')).toMatchInlineSnapshot(`
      "layer {
        name: "a"
        type: "Convolution"
        bottom: "x"
        bottom: "y"
        convolution_param {
          num_output: 3
          bias_term: false
          kernel_size: 3
          kernel_size: 5
        }"
    `);
  });

  it('is refused with the line at fault', () => {
    const texts = [
      'layer {\n convolution_param {\n  kernel_sise: 3 } }',
      'layer { pooling_param { ceil_mode: false } }',
      'layer { convolution_param { num_output: "three" } }',
      'layer { convolution_param { num_output: 2.5 } }',
      'layer { pooling_param { pool: MEAN } }',
      'layer { name: "a"',
      'layer { name: "a" } }',
      'layer { name "a" }',
      'name: "a\nlayer { }',
      'name: "a" name: "b"',
      'name: ["a"]',
      'name { }',
      'layer: 3',
      '\u0000\u0001\u0002',
      'net: "train_val.prototxt"\nbase_lr: 0.01',
    ];
    expect(texts.map(messageOf)).toMatchInlineSnapshot(`
      [
        "net.prototxt, line 3: a ConvolutionParameter has no field "kernel_sise". Did you mean "kernel_size", "kernel_h" or "kernel_w"? Fields of other versions of Caffe cannot be read.",
        "net.prototxt, line 1: a PoolingParameter has no field "ceil_mode". Did you mean "round_mode", "kernel_size" or "stride"? Fields of other versions of Caffe cannot be read.",
        "net.prototxt, line 1: found "three" where a whole number for "num_output" was expected.",
        "net.prototxt, line 1: found "2.5" where a whole number for "num_output" was expected.",
        "net.prototxt, line 1: found "MEAN" where one of MAX, AVE, STOCHASTIC for "pool" was expected.",
        "net.prototxt, line 1: found the end of the file where the name of a field was expected.",
        "net.prototxt, line 1: found "}" where the name of a field was expected.",
        "net.prototxt, line 1: found "a" where a colon or a bracket after "name" was expected.",
        "net.prototxt, line 1: a string is not closed.",
        "net.prototxt, line 1: the field "name" is given twice.",
        "net.prototxt, line 1: the field "name" takes one value, not a list.",
        "net.prototxt, line 1: the field "name" is no message.",
        "net.prototxt, line 1: found "3" where a message for "layer" was expected.",
        "net.prototxt, line 1: unexpected "\\u0000".",
        "net.prototxt is a solver: it says how a network is trained, not what it consists of. Give the network's deploy.prototxt or its .caffemodel.",
      ]
    `);
  });
});
