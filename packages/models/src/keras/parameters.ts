import { unsupportedKerasLayer } from './errors.js';
import type { KerasPlace } from './keras-network.js';
import { KERAS_LAYERS } from './layers/index.js';
import { isModel, type KerasLayer, layerName } from './schema.js';
import type { KerasSource } from './source.js';

/** A stored number array of a layer by name, for example `kernel`. */
export interface Parameter extends KerasPlace {
  readonly parameter: string;
}

/** Names of a layer's weights in the order in which Keras keeps them: those that training changes, and the others. */
export interface OwnParameters {
  readonly trained: readonly string[];
  readonly others: readonly string[];
}

/** @throws FeaturescopeError when the kind of the layer is not supported */
export const parametersOf = (layer: KerasLayer, source: KerasSource): OwnParameters => {
  const { class_name: kind } = layer;
  if (!KERAS_LAYERS.has(kind) && kind !== 'InputLayer' && !isModel(layer))
    throw unsupportedKerasLayer(source, layerName(layer, source), kind, [...KERAS_LAYERS.keys()]);
  const config = Array.isArray(layer.config) ? {} : layer.config;
  const bias = config.use_bias === false ? [] : ['bias'];
  switch (kind) {
    case 'Conv2D':
    case 'Dense':
      return { trained: ['kernel', ...bias], others: [] };
    case 'DepthwiseConv2D':
      return { trained: ['depthwise_kernel', ...bias], others: [] };
    case 'SeparableConv2D':
      return { trained: ['depthwise_kernel', 'pointwise_kernel', ...bias], others: [] };
    case 'BatchNormalization':
    case 'BatchNormalizationV1': {
      const trained = [...(config.scale === false ? [] : ['gamma']), ...(config.center === false ? [] : ['beta'])];
      return { trained, others: ['moving_mean', 'moving_variance'] };
    }
    case 'Normalization':
      return { trained: [], others: config.mean == null ? ['mean', 'variance', 'count'] : [] };
    default:
      return { trained: [], others: [] };
  }
};
