import {
  type AttributeValue,
  DataType,
  encodeModel,
  floatTensor,
  int64Tensor,
  type Loose,
  type NodeProto,
  node,
  type TensorProto,
  type ValueInfoProto,
  valueInfo,
} from '@featurescope/onnx';

/** Name of a value in the graph. */
export type Value = string;

/** ONNX operator set the graphs are written in: the first one with all reductions of ScatterElements. */
const OPSET = 18;
const IR_VERSION = 8;

type MutableNode = { -readonly [Key in keyof Loose<NodeProto>]: Loose<NodeProto>[Key] };

/** Collects the nodes, constants, inputs and outputs of one ONNX graph. */
export class GraphBuilder {
  readonly #nodes: MutableNode[] = [];
  readonly #producers = new Map<Value, MutableNode>();
  readonly #constants = new Map<string, Loose<TensorProto>>();
  readonly #inputs = new Map<string, Loose<ValueInfoProto>>();
  readonly #outputs = new Map<string, Loose<ValueInfoProto>>();
  readonly #domains = new Set<string>();

  /** Channels per block for convolutions whose kernels are not constant; 0: no blocks. */
  readonly block: number;

  constructor(block = 0) {
    this.block = block;
  }

  /** Adds a node with one output. */
  op(type: string, inputs: readonly Value[], attributes: Readonly<Record<string, AttributeValue>> = {}, domain = ''): Value {
    const output = `${type}_${this.#nodes.length}`;
    const added: MutableNode = { ...node(type, inputs, [output], attributes), domain };
    if (domain !== '') this.#domains.add(domain);
    this.#nodes.push(added);
    this.#producers.set(output, added);
    return output;
  }

  /** The second output of the node that makes this value; the node has it from now on. */
  secondOutput(value: Value): Value {
    const producer = this.#producers.get(value);
    if (producer === undefined) throw new Error(`no node makes ${value}`);
    const second = `${value}_second`;
    producer.output = [value, second];
    return second;
  }

  /** A size that is a name is known only when the pass runs. */
  input(name: string, shape: readonly (number | string)[], type: number = DataType.FLOAT): Value {
    this.#inputs.set(name, valueInfo(name, type, shape));
    return name;
  }

  /** Makes the value a result under this name. */
  output(name: string, value: Value, shape: readonly (number | string)[]): void {
    this.#nodes.push({ ...node('Identity', [value], [name]) });
    this.#outputs.set(name, valueInfo(name, DataType.FLOAT, shape));
  }

  /** A float constant; equal names mean equal values. */
  floats(name: string, dims: readonly number[], data: () => Float32Array): Value {
    if (!this.#constants.has(name)) this.#constants.set(name, floatTensor(name, dims, data()));
    return name;
  }

  /** A float constant without axes. */
  scalar(value: number): Value {
    return this.floats(`scalar ${value}`, [], () => Float32Array.of(value));
  }

  /** An int64 vector, such as a shape or a list of axes. */
  ints(values: readonly number[]): Value {
    const name = `ints ${values.join(' ')}`;
    if (!this.#constants.has(name)) this.#constants.set(name, int64Tensor(name, [values.length], values));
    return name;
  }

  /** The model file. */
  encode(): Uint8Array {
    return encodeModel({
      irVersion: IR_VERSION,
      opsetImport: [{ domain: '', version: OPSET }, ...[...this.#domains].map((domain) => ({ domain, version: 1 }))],
      graph: {
        name: 'pass',
        node: this.#nodes as Loose<NodeProto>[],
        initializer: [...this.#constants.values()],
        input: [...this.#inputs.values()],
        output: [...this.#outputs.values()],
      },
    });
  }
}
