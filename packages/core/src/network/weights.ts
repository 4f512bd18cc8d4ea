import { layerDoesNotFit } from './errors.js';
import type { Layer, LayerName, Shape } from './layer.js';

/** The layer whose weights this one uses: usually itself. */
export const weightOwner = (layer: Layer): LayerName => layer.weightsOf ?? layer.name;

/** Shapes of the weights of one layer by parameter (`kernel`, `bias`, …), for an input of this shape. */
export function weightShapes(layer: Layer, input: Shape): ReadonlyMap<string, readonly number[]> {
  const [height, width, channels] = input;
  switch (layer.kind) {
    case 'conv': {
      if (channels % layer.groups !== 0 || layer.filters % layer.groups !== 0)
        throw layerDoesNotFit(
          layer.name,
          `${channels} input channels and ${layer.filters} filters cannot be split into ${layer.groups} groups`,
        );
      const kernel = [...layer.kernelSize, channels / layer.groups, layer.filters];
      return new Map(
        layer.bias
          ? [
              ['kernel', kernel],
              ['bias', [layer.filters]],
            ]
          : [['kernel', kernel]],
      );
    }
    case 'dense': {
      const kernel = [height * width * channels, layer.units];
      return new Map(
        layer.bias
          ? [
              ['kernel', kernel],
              ['bias', [layer.units]],
            ]
          : [['kernel', kernel]],
      );
    }
    case 'batchNorm':
      return new Map(['scale', 'offset', 'mean', 'variance'].map((parameter) => [parameter, [channels]]));
    case 'affine':
      return new Map(['scale', 'offset'].map((parameter) => [parameter, [channels]]));
    default:
      return new Map();
  }
}

/** Parameters of a layer that training changes. */
export function trainableParameters(layer: Layer): readonly string[] {
  switch (layer.kind) {
    case 'conv':
    case 'dense':
      return layer.bias ? ['kernel', 'bias'] : ['kernel'];
    case 'batchNorm':
    case 'affine':
      return ['scale', 'offset'];
    default:
      return [];
  }
}

/** Names under which the weights of a layer stand in the network: `layer/parameter`, of the layer that owns them. */
export function weightNames(layer: Layer): readonly string[] {
  const owner = weightOwner(layer);
  const parameters = layer.kind === 'batchNorm' ? ['scale', 'offset', 'mean', 'variance'] : trainableParameters(layer);
  return parameters.map((parameter) => `${owner}/${parameter}`);
}
