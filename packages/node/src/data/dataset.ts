import { basename, extname } from 'node:path';
import type { Dataset, DatasetLoader, Image, ImageCodec } from '@featurescope/core';
import { datasetIndex } from '../errors.js';
import { type LabelledItem, listAllPictures } from './picture-source.js';

const classesOf = (items: readonly LabelledItem[]): readonly string[] => [...new Set(items.map((item) => item.className))].sort();

const decode = async (item: LabelledItem, codec: ImageCodec): Promise<Image> => {
  const content = await item.read();
  return 'file' in content ? codec.decode(content.file, item.name) : { ...content, channels: 3, data: content.pixels };
};

/**
 * Several sources as one data set, whose pictures are read when they are wanted. Items come source by source, in the order of their names.
 * @throws FeaturescopeError when a source cannot be read
 */
export const openDataset = async (sources: readonly string[], codec: ImageCodec): Promise<Dataset> => {
  const items = await listAllPictures(sources);
  const labels = classesOf(items);
  const index = new Map(labels.map((label, i) => [label, i]));
  return {
    name: sources.map((source) => basename(source, extname(source))).join('+'),
    size: items.length,
    labels,
    async item(i) {
      const item = items[i];
      if (item === undefined) throw datasetIndex(i, items.length);
      return { name: item.name, image: await decode(item, codec), label: index.get(item.className) ?? 0 };
    },
  };
};

/** Several sources are separated by commas. */
export const fileDatasetLoader = (codec: ImageCodec): DatasetLoader => ({
  load: (source) =>
    openDataset(
      source.split(',').map((part) => part.trim()),
      codec,
    ),
});
