import { inputShape, outputShape, weightsShape } from '../../../src/kernel/convolutionGeometry';
import { type Workload } from '../workloads';

/** An ONNX model (a protocol buffer, onnx.proto) of one ConvTranspose with constant weights, input `x`, output `y`. */
export function onnxModel({ geometry, padding, outputPadding }: Workload, weights: Float32Array): Uint8Array {
  const { axes, groups } = geometry;
  const all = (value: (axis: typeof axes[number]) => number): readonly number[] => axes.map(value);
  const node = message(
    text(1, 'x'), text(1, 'w'), text(2, 'y'), text(4, 'ConvTranspose'),
    field(5, integers('kernel_shape', all(axis => axis.kernelSize))),
    field(5, integers('strides', all(axis => axis.stride))),
    field(5, integers('dilations', all(axis => axis.dilation))),
    field(5, integers('pads', [...all(() => padding), ...all(() => padding)])),
    field(5, integers('output_padding', all(() => outputPadding))),
    field(5, message(text(1, 'group'), varint(3, groups), varint(20, 2))),
  );
  const initializer = message(
    ...weightsShape(geometry).map(size => varint(1, size)), varint(2, 1), text(8, 'w'),
    field(9, new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength)),
  );
  const graph = message(
    field(1, node), text(2, 'layer'), field(5, initializer),
    field(11, value('x', inputShape(geometry))), field(12, value('y', outputShape(geometry))),
  );
  return message(varint(1, 8), field(7, graph), field(8, message(varint(2, 17))));
}

/** An attribute of type INTS. */
function integers(name: string, values: readonly number[]): Uint8Array {
  return message(text(1, name), ...values.map(each => varint(8, each)), varint(20, 7));
}

/** A ValueInfoProto of float32. */
function value(name: string, shape: readonly number[]): Uint8Array {
  const dimensions = message(...shape.map(size => field(1, message(varint(1, size)))));
  return message(text(1, name), field(2, message(field(1, message(varint(1, 1), field(2, dimensions))))));
}

function message(...fields: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(fields.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of fields) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

function text(number: number, content: string): Uint8Array {
  return field(number, new TextEncoder().encode(content));
}

function field(number: number, content: Uint8Array): Uint8Array {
  return message(encode(number * 8 + 2), encode(content.length), content);
}

function varint(number: number, content: number): Uint8Array {
  return message(encode(number * 8), encode(content));
}

function encode(number: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = number; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push(rest % 128 + 128);
  }
}
