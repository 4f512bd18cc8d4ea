import { GRADIENT } from '../../../execution/policy.js';
import type { LayerName } from '../../../network/layer.js';
import { createRandom } from '../../../random-stream.js';
import type { Array4, Shape4 } from '../../reference/array4.js';
import { referenceBackward } from '../../reference/backward.js';
import { referenceForward } from '../../reference/forward.js';
import { type ReferenceTerm, termSeeds, termValues } from '../../reference/seeds.js';
import { disposeAll } from '../../reference/tensors.js';
import { assertClose } from '../compare.js';
import { drawn, networkCase } from '../network-case.js';
import { plain } from '../table.js';
import { type ConformanceGroup, type ConformanceTest, taken } from '../test-case.js';
import { classifier, classifierTest } from './classifier.js';
import { termTest, withTerms } from './term-test.js';

const shapeOf = (layer: LayerName): Shape4 => classifier().pass.values.get(layer)?.shape ?? [0, 0, 0, 0];

interface GuideSize {
  /** 1, or 3 as in the classifier's input. */
  readonly pictures: number;
  readonly size?: readonly [height: number, width: number];
}

/** Numbers to compare a layer's activation with. */
function guideFor(layer: LayerName, { pictures, size }: GuideSize): Array4 {
  const [, height, width, channels] = shapeOf(layer);
  return drawn([pictures, ...(size ?? [height, width]), channels], createRandom(`guide ${layer} ${pictures} ${size}`));
}

const batches = { 'one for all pictures': 1, 'one for each picture': 3 };

const eachBatch = (test: (of: string, pictures: number) => readonly ConformanceTest[]): readonly ConformanceTest[] =>
  Object.entries(batches).flatMap(([of, pictures]) => test(of, pictures));

const layers = ['norm1', 'fc3', 'input'];

const sameSize = (): readonly ConformanceTest[] =>
  eachBatch((of, pictures) =>
    layers.flatMap((layer) => {
      const guide = guideFor(layer, { pictures });
      return [
        termTest(`dot at ${layer}, ${of}`, [{ layer, form: { dot: guide }, weight: -2 }]),
        termTest(`distance at ${layer}, ${of}`, [{ layer, form: { distance: guide }, weight: 0.5 }]),
        termTest(`relative distance at ${layer}, ${of}`, [{ layer, form: { distance: guide, relative: true }, weight: -3 }]),
      ];
    }),
  );

const sizes: readonly (readonly [number, number])[] = [
  [1, 1],
  [2, 7],
  [9, 8],
];

const matches = (): readonly ConformanceTest[] =>
  eachBatch((of, pictures) => [
    ...layers.map((layer) => termTest(`match at ${layer}, ${of}`, [{ layer, form: { match: guideFor(layer, { pictures }) }, weight: 1 }])),
    ...sizes.map((size) =>
      termTest(`match, guide of ${size.join('×')}, ${of}`, [
        { layer: 'conv2', form: { match: guideFor('conv2', { pictures, size }) }, weight: -0.5 },
      ]),
    ),
  ]);

const integers = () => {
  const item = networkCase('columns that match equally well', [9, 8, 3], [plain('identity', { name: 'a' })], { input: 'integers' });
  return { item, pass: referenceForward(item.network, item.input) };
};

const ties: ConformanceTest = termTest(
  'match takes the first of equals',
  [{ layer: 'a', form: { match: drawn([1, 16, 20, 3], createRandom('guide of ties'), 'integers') }, weight: 1 }],
  [],
  integers,
);

const direction = (layer: LayerName) => Array.from({ length: shapeOf(layer)[3] }, (_, i) => ((i * 7) % 5) - 1.5);

const directions = (): readonly ConformanceTest[] =>
  [false, true].flatMap((mean) =>
    layers.map((layer) =>
      termTest(`direction${mean ? ', mean' : ''}, at ${layer}`, [{ layer, form: { direction: direction(layer) }, weight: 0.75, mean }]),
    ),
  );

/** Guides differ from call to call in size and number, and the same compiled network serves them all. */
const oneAfterAnother: ConformanceTest = classifierTest('guides of several sizes, one after another', async (compiled, input, { pass }) => {
  const forms = [
    ...[1, 3].map((pictures) => ({ match: guideFor('conv2', { pictures, size: [2, 2] }) })),
    { match: guideFor('conv2', { pictures: 1, size: [1, 4] }) },
    ...[1, 3].map((pictures) => ({ distance: guideFor('conv2', { pictures }) })),
    ...[1, 3].map((pictures) => ({ distance: guideFor('conv2', { pictures }), relative: true })),
    ...[1, 3].map((pictures) => ({ dot: guideFor('conv2', { pictures }) })),
  ];
  for (const form of forms) {
    const term: ReferenceTerm = { layer: 'conv2', form, weight: 1 };
    await withTerms([term], async (seeds) => {
      const { gradient, values, activations } = await compiled.gradient({ input, seeds, policy: GRADIENT });
      disposeAll(activations);
      assertClose(await taken(gradient), referenceBackward(pass, termSeeds(pass, [term]), GRADIENT), 'gradient');
      assertClose({ data: values[0] ?? [] }, { data: termValues(pass, term) }, 'values');
    });
  }
});

/** Forms that compare the activation with numbers given: dot, distance, match and direction. */
export const guideGroup = (): ConformanceGroup => ({
  name: 'seeds: guides',
  tests: [
    ...sameSize(),
    ...matches(),
    ties,
    ...directions(),
    termTest('all of them at one layer', [
      { layer: 'conv2', form: { dot: guideFor('conv2', { pictures: 1 }) }, weight: 1 },
      { layer: 'conv2', form: { distance: guideFor('conv2', { pictures: 3 }), relative: true }, weight: -2 },
      { layer: 'conv2', form: { match: guideFor('conv2', { pictures: 1, size: [2, 3] }) }, weight: 0.5 },
      { layer: 'conv2', form: { direction: direction('conv2') }, mean: true, weight: 3 },
      { layer: 'relu1', form: { distance: guideFor('relu1', { pictures: 1 }) }, weight: -0.1 },
    ]),
    oneAfterAnother,
  ],
});
