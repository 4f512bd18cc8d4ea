import { z } from 'zod';
import { chain } from './chain.js';
import { type ArchitectureFunction, defineArchitecture } from './define-architecture.js';
import { add, batchNorm, conv, dense, from, globalAvgPool, type LooseLayer, maxPool, relu, softmax } from './layers.js';
import { channels, classes, scaled, width } from './options.js';

/** Where a residual block stands: the layer that feeds it, its name, its filters, and whether its shortcut is a projection. */
interface Place {
  readonly entry: string;
  readonly at: (layer: string) => string;
  readonly filters: number;
  readonly stride: number;
  readonly projected: boolean;
}

/** A convolution without bias and its normalisation. */
const normalised = (name: string, norm: string, size: number, filters: number, stride = 1): readonly LooseLayer[] => [
  conv(name, size, filters, { stride, padding: (size - 1) / 2, bias: false }),
  batchNorm(norm),
];

/** The sum of a block's last normalisation and its shortcut, projected to `filters` maps where sizes differ (option B of the paper). */
function joined({ entry, at, stride, projected }: Place, last: string, filters: number): readonly LooseLayer[] {
  if (!projected) return [add(at('add'), [last, entry])];
  const [projection, ...norm] = normalised(at('downsample.0'), at('downsample.1'), 1, filters, stride);
  return [...(projection ? [from(entry, projection)] : []), ...norm, add(at('add'), [last, at('downsample.1')])];
}

interface Block {
  /** Maps that a block gives for each of its filters. */
  readonly expansion: number;
  readonly layers: (place: Place) => readonly LooseLayer[];
}

/** Two 3×3 convolutions. */
const basic: Block = {
  expansion: 1,
  layers: (place) => [
    ...normalised(place.at('conv1'), place.at('bn1'), 3, place.filters, place.stride),
    relu(place.at('relu1')),
    ...normalised(place.at('conv2'), place.at('bn2'), 3, place.filters),
    ...joined(place, place.at('bn2'), place.filters),
    relu(place.at('relu')),
  ],
};

/** 1×1 down, 3×3, 1×1 up; the stride is in the 3×3 convolution as in torchvision, where the paper has it in the first 1×1. */
const bottleneck: Block = {
  expansion: 4,
  layers: (place) => [
    ...normalised(place.at('conv1'), place.at('bn1'), 1, place.filters),
    relu(place.at('relu1')),
    ...normalised(place.at('conv2'), place.at('bn2'), 3, place.filters, place.stride),
    relu(place.at('relu2')),
    ...normalised(place.at('conv3'), place.at('bn3'), 1, 4 * place.filters),
    ...joined(place, place.at('bn3'), 4 * place.filters),
    relu(place.at('relu')),
  ],
};

/** The blocks of stages 1 to 4; each but the first stage begins by halving the map. */
function stages({ expansion, layers }: Block, counts: readonly number[], filters: (number: number) => number): readonly LooseLayer[] {
  let entry = 'maxpool';
  return counts.flatMap((count, stage) =>
    Array.from({ length: count }, (_, block) => {
      const at = (layer: string) => `layer${stage + 1}.${block}.${layer}`;
      const halves = stage > 0 && block === 0;
      const projected = halves || (block === 0 && expansion > 1);
      const built = layers({ entry, at, filters: filters(64 * 2 ** stage), stride: halves ? 2 : 1, projected });
      entry = at('relu');
      return built;
    }).flat(),
  );
}

const schema = z.strictObject({ classes: classes(1000), channels: channels(3), width: width() });

const resnet = (depth: 18 | 34 | 50, block: Block, counts: readonly number[]): ArchitectureFunction<typeof schema> =>
  defineArchitecture({
    name: `resnet${depth}`,
    summary: `ResNet-${depth}: ${counts.join(', ')} residual blocks ${block === basic ? 'of two 3×3 convolutions' : 'with a bottleneck'}, batch normalisation`,
    options: schema,
    network: (options) => {
      const filters = (number: number) => scaled(number, options.width);
      return chain({ name: 'data', shape: [null, null, options.channels] }, [
        conv('conv1', 7, filters(64), { stride: 2, padding: 3, bias: false }),
        batchNorm('bn1'),
        relu('relu'),
        maxPool('maxpool', 3, { stride: 2, padding: 1 }),
        ...stages(block, counts, filters),
        globalAvgPool('avgpool'),
        dense('fc', options.classes),
        softmax('prob'),
      ]);
    },
  });

/**
 * He, Zhang, Ren and Sun, CVPR 2016, Table 1, with torchvision's names; two ReLUs of a block, and its sum, have names of their own. Batch
 * normalisation keeps the mean and variance that it has: trained from random weights here, it is a scale and an offset.
 */
export const resnet18 = resnet(18, basic, [2, 2, 2, 2]);

/** As `resnet18`, with more blocks. */
export const resnet34 = resnet(34, basic, [3, 4, 6, 3]);

/** As `resnet34`, with bottlenecks. */
export const resnet50 = resnet(50, bottleneck, [3, 4, 6, 3]);
