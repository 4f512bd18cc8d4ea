import { layerDoesNotFit } from './errors.js';
import type { ExplicitPadding, Layer, Padding } from './layer.js';

/** No sensible kernel, stride or padding is larger; keeps arithmetic on sizes exact. */
const MAX_SIZE = 2 ** 24;

/** Checks the numbers that describe a layer. @throws FeaturescopeError naming the layer and the attribute */
export function checkAttributes(layer: Layer): void {
  const fail = (attribute: string, value: unknown, expected: string) =>
    layerDoesNotFit(layer.name, `${attribute} is ${JSON.stringify(value) ?? value}; expected ${expected}`);
  const whole = (attribute: string, values: readonly number[], least = 1): void => {
    const fits = values.every((value) => Number.isInteger(value) && value >= least && value <= MAX_SIZE);
    if (!fits) throw fail(attribute, values, `whole numbers from ${least} to ${MAX_SIZE}`);
  };
  const finite = (attribute: string, value: number): void => {
    if (!Number.isFinite(value)) throw fail(attribute, value, 'a finite number');
  };
  const padding = (value: Padding): void => {
    if (typeof value === 'object') whole('padding', sides(value), 0);
  };

  switch (layer.kind) {
    case 'conv':
      whole('kernelSize', layer.kernelSize);
      whole('stride', layer.stride);
      whole('dilation', layer.dilation);
      whole('filters', [layer.filters]);
      whole('groups', [layer.groups]);
      padding(layer.padding);
      return;
    case 'dense':
      whole('units', [layer.units]);
      return;
    case 'maxPool':
    case 'avgPool':
      whole('size', layer.size);
      whole('stride', layer.stride);
      padding(layer.padding);
      if (typeof layer.padding === 'object') checkPoolPadding(layer.padding, layer.size, fail);
      return;
    case 'lrn':
      whole('size', [layer.size]);
      finite('alpha', layer.alpha);
      finite('beta', layer.beta);
      finite('bias', layer.bias);
      return;
    case 'batchNorm':
      if (!(layer.epsilon >= 0 && layer.epsilon < Number.POSITIVE_INFINITY)) throw fail('epsilon', layer.epsilon, 'a number from 0');
      return;
    case 'leakyRelu':
      finite('slope', layer.slope);
      return;
    case 'clip':
      if (!(layer.min <= layer.max)) throw fail('range', [layer.min, layer.max], 'min ≤ max');
      return;
    case 'dropout':
      if (!(layer.rate >= 0 && layer.rate < 1)) throw fail('rate', layer.rate, 'a number from 0 to below 1');
      return;
    case 'pad':
      padding(layer.padding);
      finite('value', layer.value);
      return;
    default:
  }
}

const sides = ({ top, left, bottom, right }: ExplicitPadding): readonly number[] => [top, left, bottom, right];

/** A window that lies in the padding alone has no maximum and no mean. */
function checkPoolPadding(
  padding: ExplicitPadding,
  [height, width]: readonly [number, number],
  fail: (attribute: string, value: unknown, expected: string) => Error,
): void {
  const { top, left, bottom, right } = padding;
  if (top >= height || bottom >= height || left >= width || right >= width) {
    throw fail('padding', padding, `less than the window of ${height}×${width}`);
  }
}
