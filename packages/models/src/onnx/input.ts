import type { ModelProto, ValueInfoProto } from '@featurescope/onnx';
import { invalidOnnxFile } from './errors.js';
import { type Axis, axesOf, NC, NCHW } from './values.js';

/** The picture input of a file. */
export interface GraphInput {
  readonly name: string;
  readonly axes: readonly Axis[];
  readonly batch: number;
  readonly channels: number;
  /** Null when the file leaves it open. */
  readonly height: number | null;
  readonly width: number | null;
}

const NHWC = axesOf('NHWC');
const MAX_SIZE = 2 ** 16;

/** Finds the one input that is no weight. @throws FeaturescopeError when there is none, or several, or it is no picture */
export const graphInput = (model: ModelProto, initializers: ReadonlySet<string>, source: string): GraphInput => {
  const inputs = (model.graph?.input ?? []).filter(({ name }) => !initializers.has(name ?? ''));
  const [input] = inputs;
  if (input === undefined || inputs.length > 1) {
    const names = inputs.slice(0, 10).map(({ name }) => `"${name}"`);
    throw invalidOnnxFile(
      source,
      `it takes ${inputs.length} inputs${names.length > 0 ? ` (${names.join(', ')})` : ''}; expected one picture`,
    );
  }
  const name = input.name ?? '';
  if (name === '') throw invalidOnnxFile(source, 'its input has no name');
  const dims = dimsOf(input);
  const shown = `[${dims.map((size) => size ?? '?').join(', ')}]`;
  const fail = (problem: string) => invalidOnnxFile(source, `its input "${name}" of shape ${shown} ${problem}`);
  if (dims.some((size) => size !== null && (size < 1 || size > MAX_SIZE))) throw fail('has a size out of range');
  if (dims.length !== 4 && dims.length !== 2) throw fail('is no picture; expected four axes (batch, channels, height, width)');

  const axes = dims.length === 2 ? NC : isChannelsLast(model, name, dims) ? NHWC : NCHW;
  const at = (axis: Axis): number | null => (axes.includes(axis) ? (dims[axes.indexOf(axis)] ?? null) : 1);
  const channels = at('C');
  if (channels === null) throw fail('leaves its number of channels open');
  return { name, axes, batch: at('N') ?? 1, channels, height: at('H'), width: at('W') };
};

const dimsOf = ({ type }: ValueInfoProto): readonly (number | null)[] =>
  (type?.tensorType?.shape?.dim ?? []).map(({ dimValue }) => (dimValue === undefined || dimValue <= 0 ? null : dimValue));

const isPictureChannels = (size: number | null | undefined): boolean => size === 1 || size === 3;

/** Files that come from TensorFlow take channels last and transpose them; all operators on maps take channels first. */
const isChannelsLast = (model: ModelProto, name: string, dims: readonly (number | null)[]): boolean => {
  const consumers = (model.graph?.node ?? []).filter((node) => node.input.includes(name));
  const transposed = consumers.map((node) =>
    node.opType === 'Transpose' ? node.attribute.find((attribute) => attribute.name === 'perm')?.ints.join() : undefined,
  );
  if (transposed.length > 0 && transposed.every((order) => order === '0,3,1,2')) return true;
  const reshaped = consumers.length > 0 && consumers.every(({ opType }) => opType === 'Reshape' || opType === 'Transpose');
  return reshaped && isPictureChannels(dims[3]) && !isPictureChannels(dims[1]);
};
