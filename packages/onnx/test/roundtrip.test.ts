import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeModel, encodeModel, float, floatTensor, int64Tensor, node, OnnxFormatError, valueInfo } from '../src/index.js';

const model = () =>
  encodeModel({
    irVersion: 8,
    opsetImport: [{ domain: '', version: 18 }],
    graph: {
      name: 'tiny',
      node: [
        node('Conv', ['x', 'w'], ['y'], { strides: [2, 2], auto_pad: 'SAME_UPPER' }),
        node('LeakyRelu', ['y'], ['z'], { alpha: float(1) }),
      ],
      initializer: [floatTensor('w', [1, 1, 1, 2], Float32Array.of(1.5, -2)), int64Tensor('shape', [2], [-1, 2 ** 40])],
      input: [valueInfo('x', 1, ['n', 1, 4, 4])],
      output: [valueInfo('z', 1, ['n', 1, 2, 2])],
    },
  });

describe('encodeModel and decodeModel', () => {
  it('give back what was written', () => {
    const decoded = decodeModel(model());
    expect(decoded.irVersion).toBe(8);
    expect(decoded.opsetImport).toEqual([{ domain: '', version: 18 }]);
    const graph = decoded.graph;
    expect(graph?.node.map((one) => [one.opType, one.input, one.output])).toEqual([
      ['Conv', ['x', 'w'], ['y']],
      ['LeakyRelu', ['y'], ['z']],
    ]);
    expect(graph?.node[0]?.attribute[0]?.ints).toEqual([2, 2]);
    expect(new TextDecoder().decode(graph?.node[0]?.attribute[1]?.s)).toBe('SAME_UPPER');
    expect(graph?.node[1]?.attribute[0]).toMatchObject({ type: 1, f: 1 });
    const raw = graph?.initializer[0]?.rawData ?? new Uint8Array();
    expect([...new Float32Array(raw.slice().buffer)]).toEqual([1.5, -2]);
    expect([...new BigInt64Array((graph?.initializer[1]?.rawData ?? raw).slice().buffer)]).toEqual([-1n, 2n ** 40n]);
    expect(graph?.input[0]?.type?.tensorType?.shape?.dim).toEqual([{ dimParam: 'n' }, { dimValue: 1 }, { dimValue: 4 }, { dimValue: 4 }]);
  });

  it('read packed and unpacked numbers alike', () => {
    const packed = encodeModel({ graph: { initializer: [{ name: 't', dims: [3], floatData: [1, 2, 3], int64Data: [-7, 8] }] } });
    const tensor = decodeModel(packed).graph?.initializer[0];
    expect(Array.from(tensor?.floatData ?? [])).toEqual([1, 2, 3]);
    expect(tensor?.int64Data).toEqual([-7, 8]);
    // graph { initializer { dims: 5 (unpacked), dims: 6, float_data: 1 (unpacked) } }
    const unpacked = Uint8Array.of(0x3a, 0x0b, 0x2a, 0x09, 0x08, 5, 0x08, 6, 0x25, 0, 0, 0x80, 0x3f);
    const other = decodeModel(unpacked).graph?.initializer[0];
    expect(other?.dims).toEqual([5, 6]);
    expect(Array.from(other?.floatData ?? [])).toEqual([1]);
  });

  it('report external data', () => {
    const bytes = encodeModel({
      graph: { initializer: [{ name: 'w', dataLocation: 1, externalData: [{ key: 'location', value: 'w.bin' }] }] },
    });
    expect(decodeModel(bytes).graph?.initializer[0]).toMatchObject({
      dataLocation: 1,
      externalData: [{ key: 'location', value: 'w.bin' }],
    });
  });
});

describe('decodeModel on damaged bytes', () => {
  const bytes = model();

  it('never does anything but return or throw an OnnxFormatError', () => {
    const damaged = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.nat(bytes.length - 1).map((length) => bytes.slice(0, length)),
      fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }).map((changes) => {
        const copy = bytes.slice();
        for (const [position, value] of changes) copy[position] = value;
        return copy;
      }),
    );
    fc.assert(
      fc.property(damaged, (candidate) => {
        try {
          decodeModel(candidate);
        } catch (error) {
          expect(error).toBeInstanceOf(OnnxFormatError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses endless nesting', () => {
    let nested: Uint8Array = new Uint8Array();
    for (let depth = 0; depth < 300; depth += 1) {
      // attribute.g → graph.node → node.attribute
      nested = wrap(depth % 3 === 0 ? 0x32 : depth % 3 === 1 ? 0x2a : 0x0a, nested);
    }
    expect(() => decodeModel(wrap(0x3a, nested))).toThrow(OnnxFormatError);
  });
});

function wrap(tag: number, content: Uint8Array): Uint8Array {
  const length: number[] = [];
  let rest = content.length;
  do {
    length.push(rest > 127 ? (rest & 127) | 128 : rest);
    rest >>>= 7;
  } while (rest > 0);
  return Uint8Array.from([tag, ...length, ...content]);
}
