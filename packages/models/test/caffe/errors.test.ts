import { describe, expect, it } from 'vitest';
import { attempt, blob, caffemodel, INPUT, layer, read } from './build.js';
import { readFrom, utf8 } from './caffe-files.js';

const conv = (parameters: string) => layer('c', 'Convolution', 'data', `convolution_param { ${parameters} }`);
const pool = (parameters: string) => layer('p', 'Pooling', 'data', `pooling_param { ${parameters} }`);
const after = (name: string, type: string, parameters = '') => read(INPUT + layer(name, type, 'data', parameters));

const all = async (found: readonly ReturnType<typeof read>[]): Promise<readonly unknown[]> => Promise.all(found.map(attempt));

describe('the Caffe importer names what it cannot read', () => {
  it('a type and its layer', async () => {
    expect(await all([after('up1', 'Deconvolution')])).toMatchInlineSnapshot(`
      [
        "net.prototxt: layer "up1" is of the type Deconvolution, which is not supported. Supported types: BatchNorm, Bias, Clip, Concat, Convolution, Dropout, Eltwise, Flatten, InnerProduct, Input, LRN, Pooling, Power, ReLU, Reshape, Scale, Sigmoid, Softmax, SoftmaxWithLoss, Split, TanH.",
      ]
    `);
  });

  it('options of layers', async () => {
    expect(
      await all([
        read(INPUT + conv('kernel_size: 3')),
        read(INPUT + conv('num_output: 4')),
        read(INPUT + conv('num_output: 4 kernel_h: 3')),
        read(INPUT + conv('num_output: 4 kernel_size: 3 kernel_h: 3 kernel_w: 3')),
        read(INPUT + conv('num_output: 4 kernel_size: [3, 3, 3]')),
        read(INPUT + conv('num_output: 4 kernel_size: 3 axis: 2')),
        read(INPUT + conv('num_output: 3 kernel_size: 3 group: 2')),
        read(INPUT + conv('num_output: 4 kernel_size: 3 stride: 0'), { c: [blob([4, 2, 3, 3]), blob([4])] }),
        read(INPUT + conv('num_output: 4 kernel_size: 9'), { c: [blob([4, 2, 9, 9]), blob([4])] }),
        read(INPUT + pool('pool: STOCHASTIC kernel_size: 2')),
        read(INPUT + pool('kernel_size: 2 pad: 2')),
        read(INPUT + pool('kernel_size: 1 stride: 3')),
        read(INPUT + pool('global_pooling: true kernel_size: 2')),
        after('n', 'LRN', 'lrn_param { local_size: 4 }'),
        after('m', 'Softmax', 'softmax_param { axis: 2 }'),
        after('s', 'Eltwise', 'bottom: "data" eltwise_param { coeff: 1 coeff: -1 }'),
        after('s', 'Eltwise', 'bottom: "data" eltwise_param { operation: MAX }'),
        after('x', 'Power', 'power_param { power: 2 }'),
        after('r', 'Reshape', 'reshape_param { shape { dim: 0 dim: 5 dim: 2 dim: 5 } }'),
        after('f', 'Flatten', 'flatten_param { axis: 2 }'),
        after('b', 'BatchNorm', 'batch_norm_param { use_global_stats: false }'),
        after('d', 'Dropout', 'dropout_param { scale_train: false }'),
        after('s', 'Scale', 'bottom: "data" scale_param { axis: 1 }'),
        after('p', 'Pooling', 'top: "mask" pooling_param { kernel_size: 2 }'),
      ]),
    ).toMatchInlineSnapshot(`
      [
        "net.prototxt: layer "c" (Convolution) lacks its num_output.",
        "net.prototxt: layer "c" (Convolution) lacks its kernel_size.",
        "net.prototxt: layer "c" (Convolution) states only one of kernel_h and kernel_w.",
        "net.prototxt: layer "c" (Convolution) states its kernel for both axes and also kernel_h and kernel_w.",
        "net.prototxt: layer "c" (Convolution) states its kernel for 3 axes; only two-dimensional maps are supported.",
        "net.prototxt: layer "c" (Convolution) works along axis 2 of 4; only channels (axis 1) are supported.",
        "net.prototxt: layer "c" (Convolution) cannot split 2 channels and 3 filters into 2 groups.",
        "net.prototxt: layer "c": stride is [0,0]; expected whole numbers from 1 to 16777216",
        "net.prototxt: layer "c": a 9×9 window does not fit into a map of 5×5; the input picture is too small for this layer",
        "net.prototxt: layer "p" (Pooling) pools by STOCHASTIC; expected MAX or AVE.",
        "net.prototxt: layer "p": padding is {"top":2,"left":2,"bottom":2,"right":2}; expected less than the window of 2×2",
        "net.prototxt: layer "p" (Pooling) has a last window that starts at 6, beyond its map of 5×5.",
        "net.prototxt: layer "p" (Pooling) pools globally and also states a kernel size.",
        "net.prototxt: layer "n" (LRN) normalises over 4 neighbours; expected an odd number.",
        "net.prototxt: layer "m" (Softmax) works along axis 2 of 4; only channels (axis 1) are supported.",
        "net.prototxt: layer "s" (Eltwise) adds its bottoms with the factors 1, -1; only 1 is supported.",
        "net.prototxt: layer "s" (Eltwise) combines its bottoms by MAX; expected SUM or PROD.",
        "net.prototxt: layer "x" (Power) raises to the power 2; only 1 is supported.",
        "net.prototxt: layer "r" (Reshape) turns [1, 2, 5, 5] into [0, 5, 2, 5], which is not supported; expected a vector for each picture.",
        "net.prototxt: layer "f" (Flatten) joins the axes 2 to -1 of 4; only all but the first are supported.",
        "net.prototxt: layer "b" (BatchNorm) takes the statistics of its batch (use_global_stats: false), which is not supported.",
        "net.prototxt: layer "d" (Dropout) scales its input when the network is run (scale_train: false), which is not supported.",
        "net.prototxt: layer "s" (Scale) combines bottoms of 5×5×2 of 4 axes and 5×5×2 of 4 axes from axis 1 on; expected axis 0 and one value for each channel.",
        "net.prototxt: layer "p" (Pooling) has 2 tops; only one is supported.",
      ]
    `);
  });

  it('weights', async () => {
    const text = INPUT + conv('num_output: 4 kernel_size: 3');
    expect(
      await all([
        read(text, { other: [blob([4, 2, 3, 3])] }),
        read(text, { c: [blob([4, 2, 3, 3])] }),
        read(text.replace('kernel_size: 3', 'kernel_size: 3 bias_term: false'), { c: [blob([4, 2, 3, 3]), blob([4])] }),
        read(text, { c: [blob([4, 3, 3, 3]), blob([4])] }),
        read(text, { c: [{ shape: { dim: [4, 2, 3, 3] } }, blob([4])] }),
        read(text, { c: [blob([4, 2, 3, 3]), blob([4], [0, 1, Number.NaN, 2])] }),
        read(INPUT + layer('c', 'Bias', 'data') + layer('c', 'Bias', 'c'), { c: [blob([2])] }),
      ]),
    ).toMatchInlineSnapshot(`
      [
        "net.caffemodel: layer "c" (Convolution) has no weights there; give the .caffemodel that belongs to net.prototxt.",
        "net.caffemodel: layer "c" (Convolution) has 1 weights; the bias is missing.",
        "net.caffemodel: layer "c" (Convolution) has 2 weights; expected 1.",
        "net.caffemodel: layer "c" (Convolution) has a kernel of shape [4, 3, 3, 3]; expected [4, 2, 3, 3].",
        "net.caffemodel: layer "c" (Convolution) has 0 values for its kernel; expected 72.",
        "net.prototxt: the weight "c/bias" holds NaN at flat position 2; all weights must be finite",
        "net.caffemodel: layer "c#2" (Bias) has the name of something before it, so that its weights cannot be told apart.",
      ]
    `);
  });

  it('networks', async () => {
    expect(
      await all([
        read(layer('r', 'ReLU', 'data')),
        read(INPUT),
        read(`${INPUT}input: "mask"`),
        read(`input: "data" input_dim: [1, 3, 0, 5] ${layer('r', 'ReLU', 'data')}`),
        read(`input: "data" ${layer('r', 'ReLU', 'data')}`),
        read(INPUT + layer('r', 'ReLU', 'elsewhere')),
        read(`${INPUT}${layer('r', 'ReLU', 'data')} layers { name: "q" type: RELU bottom: "r" top: "q" }`),
        read(`${INPUT} layers { layer { name: "conv1" type: "conv" } bottom: "data" top: "conv1" }`),
        read(`layer { name: "d" type: "Data" top: "data" data_param { source: "x" } } ${conv('num_output: 4 kernel_size: 3')}`),
      ]),
    ).toMatchInlineSnapshot(`
      [
        "net.prototxt does not describe a network that can be read: it has no input (an Input layer, or \`input\` and its shape).",
        "net.prototxt: the network cannot be used: it has no layers",
        "net.prototxt does not describe a network that can be read: it takes 2 inputs ("data", "mask"); expected one picture.",
        "net.prototxt does not describe a network that can be read: its input "data" has the shape [1, 3, 0, 5]; expected [batch, channels, height, width].",
        "net.prototxt does not describe a network that can be read: its input "data" states no shape; expected [batch, channels, height, width].",
        "net.prototxt does not describe a network that can be read: its layer "r" takes "elsewhere", which no layer before it gives.",
        "net.prototxt does not describe a network that can be read: it mixes \`layer\` and \`layers\` messages.",
        "net.prototxt does not describe a network that can be read: its layers are in the format of 2013 (\`layers { layer { … } }\`); upgrade it with Caffe's upgrade_net_proto_text and upgrade_net_proto_binary.",
        "net.prototxt does not describe a network that can be read: its Data layer "d" does not say the size of its pictures (this is a network for training); give its deploy.prototxt.",
      ]
    `);
  });

  it('bytes of something else', async () => {
    const files = new Map([
      ['net.prototxt', utf8(INPUT)],
      ['net.caffemodel', utf8('<!DOCTYPE html><html>')],
    ]);
    expect(await attempt(readFrom(files, 'net.caffemodel'))).toMatchInlineSnapshot(
      `"net.caffemodel cannot be read as a Caffe model: at byte 1, the field debug_info has wire type 4. It is damaged, or of another format."`,
    );
  });
});

describe('the two halves of a Caffe network', () => {
  const text = utf8(INPUT + layer('r', 'ReLU', 'data'));
  const weights = caffemodel({});
  const found = async (given: string, ...names: string[]): Promise<unknown> => {
    const files = new Map([given, ...names].map((name) => [name, name.endsWith('.prototxt') ? text : weights]));
    const network = await attempt(readFrom(files, given));
    return typeof network === 'string' ? network : network.layers.length;
  };

  it('find each other', async () => {
    expect(await found('net.prototxt', 'net.caffemodel', 'other.caffemodel')).toBe(1);
    expect(await found('net.caffemodel', 'net.prototxt', 'deploy.prototxt')).toBe(1);
    expect(await found('net.caffemodel', 'a.prototxt', 'deploy.prototxt', 'b.prototxt')).toBe(1);
    expect(await found('deploy.prototxt', 'net.caffemodel', 'readme.txt')).toBe(1);
    expect(await found('net.caffemodel', 'only.prototxt')).toBe(1);
    expect(await found('net.caffemodel', 'net_deploy.prototxt', 'net_other.prototxt')).toBe(1);
    expect(await found('net.caffemodel', 'the_net.prototxt', 'solver.prototxt', 'train_val.prototxt')).toBe(1);
  });

  it('are missed by name', async () => {
    expect([
      await found('net.prototxt', 'readme.txt'),
      await found('net.caffemodel', 'readme.txt'),
      await found('deploy.prototxt', 'a.caffemodel', 'b.caffemodel'),
      await found('net.caffemodel', 'a.prototxt', 'b.prototxt', 'solver.prototxt'),
    ]).toMatchInlineSnapshot(`
      [
        "net.prototxt is one half of a Caffe network; its weights should lie beside it, but there is no net.caffemodel. Put it into the same folder.",
        "net.caffemodel is one half of a Caffe network; its layers should lie beside it, but there is no net.prototxt or deploy.prototxt. Put it into the same folder.",
        "deploy.prototxt is one half of a Caffe network, and several files beside it could be its weights: a.caffemodel, b.caffemodel. Give one of them instead, or name the right one deploy.caffemodel.",
        "net.caffemodel is one half of a Caffe network, and several files beside it could be its layers: a.prototxt, b.prototxt. Give one of them instead, or name the right one net.prototxt or deploy.prototxt.",
      ]
    `);
  });
});
