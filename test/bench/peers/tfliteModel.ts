import { Builder } from 'flatbuffers';
import { type ConvolutionGeometry } from '../../../src/kernel/convolutionGeometry';

const float32 = 0;
const int32 = 2;
const transposeConv = 67;
const transposeConvOptions = 49;

/**
 * A TensorFlow Lite model (a flat buffer, schema.fbs) of one TRANSPOSE_CONV with constant weights.
 * @param weights `[outputChannels, ...kernelSize, inputChannels]`
 */
export function tfliteModel(geometry: ConvolutionGeometry, weights: Float32Array, padding: 'same' | 'valid'): Uint8Array {
  const builder = new Builder();
  const two = (values: readonly number[]): number[] => [...values.length === 1 ? [1] : [], ...values];
  const output = [geometry.batch, ...two(geometry.axes.map(axis => axis.outputSize)), geometry.outputChannels];
  const kernel = [geometry.outputChannels, ...two(geometry.axes.map(axis => axis.kernelSize)), geometry.inputChannels];
  const input = [geometry.batch, ...two(geometry.axes.map(axis => axis.inputSize)), geometry.inputChannels];
  const [strideHeight = 1, strideWidth = 1] = two(geometry.axes.map(axis => axis.stride));

  const buffers = [new Uint8Array(0), bytesOf(Int32Array.from(output)), bytesOf(weights)].map(content => table(builder, [['offset', 0, bytes(builder, content)]]));
  const tensor = (name: string, shape: readonly number[], type: number, buffer: number): number => {
    const [shapeAt, nameAt] = [integers(builder, shape), builder.createString(name)];
    return table(builder, [['offset', 0, shapeAt], ['int8', 1, type], ['int32', 2, buffer], ['offset', 3, nameAt]]);
  };
  const tensors = [tensor('size', [4], int32, 1), tensor('weights', kernel, float32, 2), tensor('x', input, float32, 0), tensor('y', output, float32, 0)];
  const options = table(builder, [['int8', 0, padding === 'same' ? 0 : 1], ['int32', 1, strideWidth], ['int32', 2, strideHeight]]);
  const [read, written] = [integers(builder, [0, 1, 2]), integers(builder, [3])];
  const operator = table(builder, [['int32', 0, 0], ['offset', 1, read], ['offset', 2, written], ['int8', 3, transposeConvOptions], ['offset', 4, options]]);
  const [tensorList, inputs, outputs, operators] = [offsets(builder, tensors), integers(builder, [2]), integers(builder, [3]), offsets(builder, [operator])];
  const subgraph = table(builder, [['offset', 0, tensorList], ['offset', 1, inputs], ['offset', 2, outputs], ['offset', 3, operators]]);
  const code = table(builder, [['int8', 0, transposeConv], ['int32', 2, 1], ['int32', 3, transposeConv]]);
  const [codes, subgraphs, bufferList] = [offsets(builder, [code]), offsets(builder, [subgraph]), offsets(builder, buffers)];
  builder.finish(table(builder, [['int32', 0, 3], ['offset', 1, codes], ['offset', 2, subgraphs], ['offset', 4, bufferList]]), 'TFL3');
  return builder.asUint8Array();
}

type Field = readonly [type: 'int8' | 'int32' | 'offset', slot: number, value: number];

function table(builder: Builder, fields: readonly Field[]): number {
  builder.startObject(8);
  for (const [type, slot, value] of fields) {
    if (type === 'int8') builder.addFieldInt8(slot, value, -1);
    else if (type === 'int32') builder.addFieldInt32(slot, value, -1);
    else builder.addFieldOffset(slot, value, 0);
  }
  return builder.endObject();
}

function integers(builder: Builder, values: readonly number[]): number {
  builder.startVector(4, values.length, 4);
  for (const value of [...values].reverse()) builder.addInt32(value);
  return builder.endVector();
}

function offsets(builder: Builder, values: readonly number[]): number {
  builder.startVector(4, values.length, 4);
  for (const value of [...values].reverse()) builder.addOffset(value);
  return builder.endVector();
}

function bytes(builder: Builder, content: Uint8Array): number {
  builder.startVector(1, content.length, 16);
  for (let at = content.length - 1; at >= 0; at--) builder.addInt8(content[at] ?? 0);
  return builder.endVector();
}

function bytesOf(values: Int32Array | Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
