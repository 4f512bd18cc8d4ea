import { z } from 'zod';
import { describeIssues } from '../visualizer/option-issues.js';
import { augmentationOptions } from './augment.js';
import { invalidTraining, unknownExamples } from './errors.js';
import type { ExampleSource } from './example-source.js';
import { trainingRecipe } from './recipe.js';

const numberedPictures = z.strictObject({
  folder: z.string().describe('First part of the pictures’ names, for example `test`'),
  from: z.int().min(0).describe('First number'),
  to: z.int().min(0).describe('Last number, included'),
});

const dataOptions = z.strictObject({
  sources: z
    .array(z.string())
    .min(1)
    .describe(
      'Folders or archives (.zip, .tar, .tar.gz) with one folder per class, .csv tables of paths and labels, or CIFAR .bin files; paths count from the config',
    ),
  size: z.int().min(1).max(2048).describe('Height and width of the pictures'),
  classes: z.array(z.string()).min(2).optional().describe('Class names in the order of their labels; default: the names found, sorted'),
  without: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('Classes whose pictures are left out, such as those that features are to be transferred to'),
  measured: z
    .union([z.array(z.string()).min(1), numberedPictures])
    .optional()
    .describe('What accuracy is measured on: further sources, or pictures of `sources` picked by number; those are not trained on'),
});

const preprocessingOptions = z.strictObject({
  channelOrder: z.enum(['rgb', 'bgr', 'grey']).default('rgb').describe('Order of the channels the network takes'),
  scale: z.number().default(1).describe('Factor on pixel values 0 … 255, before the mean'),
  mean: z.array(z.number()).min(1).max(3).default([120, 120, 120]).describe('Subtracted, per channel'),
  std: z.array(z.number().positive()).min(1).max(3).default([64, 64, 64]).describe('Divisor, per channel'),
  invert: z.boolean().exactOptional().describe('255 − pixel, for dark strokes on white'),
});

/** What a training says whatever it learns from. */
const common = {
  name: z
    .string()
    .regex(/^[\w.-]+$/)
    .default('network')
    .describe('Name of the network that is trained'),
  architecture: z
    .union([z.string(), z.strictObject({ name: z.string(), options: z.record(z.string(), z.unknown()).optional() })])
    .describe(
      'An architecture by name, or with its options; those for classes, channels and input size that are left out are those of the data',
    ),
  from: z
    .union([z.string(), z.array(z.string()).min(1)])
    .optional()
    .describe(
      'Model whose weights are the first ones where name and size are the same: a name, a file, or the name of an earlier training of the list; several for a network that has them side by side',
    ),
  ...trainingRecipe.shape,
  out: z.string().default('out').describe('Output folder'),
  runtime: z.enum(['auto', 'tensorflow', 'webgpu', 'onnx', 'wasm', 'cpu']).default('auto').describe('The runtime'),
};

/** All options of a training on pictures. */
export const trainingConfig = z.strictObject({
  ...common,
  data: dataOptions.describe('The pictures'),
  preprocessing: preprocessingOptions.prefault({}).describe('How pixels become network inputs'),
  augmentation: augmentationOptions.prefault({}).describe('Random changes of the pictures'),
});

/** All options of a training on examples that a plugin offers; those of `data` are the plugin's. */
export const exampleTrainingConfig = z.strictObject({
  ...common,
  data: z.looseObject({ kind: z.string().describe('Name of the source of examples') }).describe('The examples'),
});

/** As written in a config file. */
export type TrainingConfigInput = z.input<typeof trainingConfig>;
/** With defaults filled in. */
export type TrainingConfig = z.output<typeof trainingConfig>;
export type ExampleTrainingInput = z.input<typeof exampleTrainingConfig>;
export type ExampleTraining = z.output<typeof exampleTrainingConfig>;

/** One training, or several that run one after the other. */
export type TrainingList = TrainingConfigInput | ExampleTrainingInput | readonly (TrainingConfigInput | ExampleTrainingInput)[];

/** Checks a config and fills in defaults. @throws FeaturescopeError listing every problem */
export function parseTrainingConfig(config: unknown): TrainingConfig {
  const parsed = trainingConfig.safeParse(config);
  if (parsed.success) return parsed.data;
  throw invalidTraining(describeIssues(parsed.error, config, Object.keys(trainingConfig.shape)));
}

/** A training on examples of a plugin, with the source that its data name. */
export interface SourcedTraining {
  readonly config: ExampleTraining;
  readonly source: ExampleSource;
  /** For the source: `data` without `kind`, checked and filled in. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** The same for a training on examples that one of `sources` offers. @throws FeaturescopeError listing every problem */
export function parseExampleTraining(given: unknown, sources: readonly ExampleSource[]): SourcedTraining {
  const parsed = exampleTrainingConfig.safeParse(given);
  if (!parsed.success) throw invalidTraining(describeIssues(parsed.error, given, Object.keys(exampleTrainingConfig.shape)));
  const { kind, ...data } = parsed.data.data;
  const source = sources.find((candidate) => candidate.kind === kind);
  if (!source)
    throw unknownExamples(
      kind,
      sources.map((candidate) => candidate.kind),
    );
  const options = source.options.safeParse(data);
  if (!options.success) {
    const problems = describeIssues(options.error, data, Object.keys(source.options.shape));
    throw invalidTraining(problems.map((problem) => problem.replace(/^"/, '"data.')));
  }
  return { config: { ...parsed.data, data: { kind, ...options.data } }, source, options: options.data };
}

/** Whether a config names a source of examples in place of pictures. */
export const learnsFromExamples = (config: unknown): boolean =>
  typeof config === 'object' && config !== null && 'data' in config && typeof (config.data as { kind?: unknown } | null)?.kind === 'string';

/** Gives a training config, or a list of them, its type. */
export const defineTraining = <T extends TrainingList>(config: T): T => config;
