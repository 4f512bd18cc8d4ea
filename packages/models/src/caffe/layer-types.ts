import { invalidCaffeNetwork } from './errors.js';
import type { LayerParameter, NetParameter, V1LayerParameter } from './messages.js';

/** Types of old `layers` messages whose new name is not their own in other letters. */
const NEW_NAMES: Readonly<Record<string, string>> = {
  ABSVAL: 'AbsVal',
  ARGMAX: 'ArgMax',
  BNLL: 'BNLL',
  HDF5_DATA: 'HDF5Data',
  HDF5_OUTPUT: 'HDF5Output',
  IM2COL: 'Im2col',
  LRN: 'LRN',
  MVN: 'MVN',
  RELU: 'ReLU',
  SOFTMAX_LOSS: 'SoftmaxWithLoss',
  TANH: 'TanH',
};

/** `INNER_PRODUCT` is `InnerProduct` in a `layer` message. */
const newName = (type: string): string =>
  NEW_NAMES[type] ?? type.toLowerCase().replace(/(^|_)([a-z])/g, (_, _underscore, letter: string) => letter.toUpperCase());

/**
 * The layers of a file, where old ones (`layers { type: CONVOLUTION }`) become new ones (`layer { type: "Convolution" }`).
 * @throws FeaturescopeError for still older ones
 */
export const layersOf = ({ layer = [], layers = [] }: NetParameter, source: string): readonly LayerParameter[] => {
  if (layers.length === 0) return layer;
  if (layer.length > 0) throw invalidCaffeNetwork(source, 'it mixes `layer` and `layers` messages');
  return layers.map((old) => upgraded(old, source));
};

const upgraded = (old: V1LayerParameter, source: string): LayerParameter => {
  if (old.layer !== undefined)
    throw invalidCaffeNetwork(
      source,
      `its layers are in the format of 2013 (\`layers { layer { … } }\`); upgrade it with Caffe's upgrade_net_proto_text and upgrade_net_proto_binary`,
    );
  const { layer: _, type, blobs_lr, weight_decay, param, blob_share_mode, ...same } = old;
  return { ...same, type: newName(type ?? 'NONE') };
};
