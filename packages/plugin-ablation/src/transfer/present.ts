import { cropImage, type Dataset, drawingValues, type RunContext, resizePlan, type Shape, toInputUnits } from '@featurescope/core';
import { otherShape } from './errors.js';

/** Shows items to a network: the numbers [H, W, C] of an item in its input units. */
export type Present = (item: number) => Promise<Float32Array>;

/** Height, width and channels at which a network is shown everything. */
export const inputShape = ({ input }: Pick<RunContext['model'], 'input'>): Shape => [...input.size, input.channels];

/** Items of a data set as a network takes them, at its own size: pictures scaled and cropped, drawings drawn, arrays as they are. */
export function presenting(dataset: Dataset, { codec, model }: Pick<RunContext, 'codec' | 'model'>): Present {
  const spec = model.input;
  return async (index) => {
    const item = await dataset.item(index);
    switch (item.kind) {
      case 'picture': {
        const { resize, crop } = resizePlan([item.image.height, item.image.width], spec);
        const scaled = await codec.resize(item.image, resize);
        return toInputUnits(crop ? cropImage(scaled, crop) : scaled, spec);
      }
      case 'drawing':
        return drawingValues(item.drawing, spec, 'model', item.name).data;
      case 'array': {
        const expected = inputShape(model);
        if (item.shape.some((size, axis) => size !== expected[axis])) throw otherShape(item.name, item.shape, expected, model.name);
        return item.values;
      }
    }
  };
}
