import { expect, it } from 'vitest';
import { describeLayers, hooksByLayer, matchLayers } from '../../src/index.js';
import { tinyNetwork } from '../../src/testing/index.js';

const layers = describeLayers(tinyNetwork(), [12, 10, 3]);
const names = (filter: Parameters<typeof matchLayers>[0]): string[] => matchLayers(filter, layers).map(({ name }) => name);

it('selects layers by name, index, list and predicate, in the order of the network', () => {
  expect(names('conv2')).toEqual(['conv2']);
  expect(names(1)).toEqual(['conv1']);
  expect(names(['prob', 2, 'conv1', 'conv1'])).toEqual(['conv1', 'relu1', 'prob']);
  expect(names(({ kind }) => kind === 'relu')).toEqual(['relu1', 'relu2']);
  expect(names([])).toEqual([]);
});

it('names the nearest layers when there is no such layer', () => {
  expect(() => names('conv3')).toThrowErrorMatchingInlineSnapshot(
    `[FeaturescopeError: The network has no layer "conv3". Did you mean "conv1", "conv2" or "pool1"? A layer is addressed by its exact name or by its index, 1 to 8.]`,
  );
  expect(() => names(0)).toThrowErrorMatchingInlineSnapshot(
    `[FeaturescopeError: There is no layer with index 0: expected a whole number from 1 ("conv1") to 8 ("prob"), or a layer's exact name.]`,
  );
  expect(() => names(['conv1', 99])).toThrow(/index 99/);
});

it('lists the hooks of a direction by layer', () => {
  const read = { layers: ['conv1', 'conv2'], forward: () => undefined };
  const cut = { layers: 'conv2', backward: () => undefined };
  expect([...hooksByLayer([read, cut], layers, 'forward').keys()]).toEqual(['conv1', 'conv2']);
  expect(hooksByLayer([read, cut], layers, 'backward').get('conv2')).toEqual([cut]);
});
