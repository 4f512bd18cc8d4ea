import { elementCount, type FeaturescopeError } from '@featurescope/core';
import type { AttributeProto, NodeProto } from '@featurescope/onnx';
import type { Constant } from './constants.js';
import { constantFromTensor, type ExternalData } from './constants.js';
import { describeNode, missingValue, unsupportedNode } from './errors.js';
import type { Activation, Value } from './values.js';

const decoder = new TextDecoder();

/** One node of a file with its inputs looked up and its attributes checked. */
export class OnnxNode {
  readonly operator: string;

  constructor(
    readonly proto: NodeProto,
    /** Name of the layer that stands for the node. */
    readonly name: string,
    /** Version of the operator set. */
    readonly opset: number,
    private readonly source: string,
    private readonly values: ReadonlyMap<string, Value>,
    private readonly external: ExternalData,
  ) {
    this.operator = proto.opType ?? '';
  }

  /** An error that names the file, the node and its operator. */
  fail(problem: string): FeaturescopeError {
    return unsupportedNode(this.source, describeNode(this.name, this.operator), problem);
  }

  get inputCount(): number {
    return this.proto.input.length;
  }

  /** The value of input `i`, undefined when it is left out. */
  input(i: number): Value | undefined {
    const name = this.proto.input[i];
    if (name === undefined || name === '') return undefined;
    const value = this.values.get(name);
    if (value === undefined) throw missingValue(this.source, describeNode(this.name, this.operator), name);
    return value;
  }

  inputs(): readonly Value[] {
    return this.proto.input.flatMap((_, i) => this.input(i) ?? []);
  }

  /** Input `i`, which must be an activation. */
  activation(i = 0): Activation {
    const value = this.input(i);
    if (value?.kind === 'activation') return value;
    throw this.fail(`has ${value === undefined ? 'no' : 'a constant as'} input ${i + 1}; expected an activation`);
  }

  /** Input `i`, undefined when it is left out, which must be stored in the file. */
  constant(i: number): Constant | undefined {
    const value = this.input(i);
    if (value === undefined || value.kind === 'constant') return value;
    throw this.fail(`computes its input ${i + 1} ("${this.proto.input[i]}"); expected values that are stored in the file`);
  }

  requiredConstant(i: number): Constant {
    const constant = this.constant(i);
    if (constant === undefined) throw this.fail(`lacks its input ${i + 1}`);
    return constant;
  }

  /** Whole numbers of a small constant input, undefined when it is left out. */
  integers(i: number): readonly number[] | undefined {
    const constant = this.constant(i);
    return constant && this.smallValues(constant);
  }

  smallValues(constant: Constant): readonly number[] {
    if (elementCount(constant.dims) > 1024)
      throw this.fail(`takes "${constant.id}" of ${constant.dims.join('×')} values where a few are expected`);
    return Array.from(constant.values());
  }

  /** The one value of a constant input, undefined when it is left out. */
  scalar(i: number): number | undefined {
    const values = this.integers(i);
    if (values === undefined) return undefined;
    const [value] = values;
    if (value === undefined || values.length !== 1) throw this.fail(`takes ${values.length} values as input ${i + 1}; expected one`);
    return value;
  }

  has(name: string): boolean {
    return this.attribute(name) !== undefined;
  }

  integer(name: string, standard: number): number {
    return this.attribute(name) === undefined ? standard : (this.attribute(name)?.i ?? 0);
  }

  float(name: string, standard: number): number {
    return this.attribute(name) === undefined ? standard : (this.attribute(name)?.f ?? 0);
  }

  text(name: string, standard: string): string {
    const bytes = this.attribute(name)?.s;
    return bytes === undefined ? standard : decoder.decode(bytes.subarray(0, 100));
  }

  list(name: string): readonly number[] | undefined {
    return this.attribute(name)?.ints;
  }

  floats(name: string): ArrayLike<number> | undefined {
    return this.attribute(name)?.floats;
  }

  tensor(name: string): Constant | undefined {
    const tensor = this.attribute(name)?.t;
    return tensor && constantFromTensor(tensor, this.proto.output[0] ?? this.name, this.source, this.external);
  }

  /** A pair of positive whole numbers, for height and width. */
  extent(name: string, standard: readonly [number, number]): readonly [number, number] {
    const values = this.list(name);
    if (values === undefined || values.length === 0) return standard;
    const [height, width] = values;
    if (values.length === 2 && height !== undefined && width !== undefined) return [height, width];
    throw this.fail(`has ${values.length} ${name}; only two spatial axes are supported`);
  }

  private attribute(name: string): AttributeProto | undefined {
    const attribute = this.proto.attribute.find((candidate) => candidate.name === name);
    if (attribute?.refAttrName) throw this.fail(`takes its attribute ${name} from a function, which is not supported`);
    return attribute;
  }
}
