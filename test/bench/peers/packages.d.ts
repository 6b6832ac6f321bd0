// What is used of the packages in package.json here, so that the project type-checks where they are not installed.

interface OnnxTensor { readonly data: Float32Array; dispose(): void }
interface OnnxSession { run(feeds: Record<string, OnnxTensor>): Promise<Record<string, OnnxTensor>>; release(): Promise<void> }
interface OnnxRuntime {
  readonly env: { wasm: { numThreads?: number; wasmPaths?: string }; logLevel?: string };
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => OnnxTensor;
  readonly InferenceSession: { create(model: Uint8Array, options?: Record<string, unknown>): Promise<OnnxSession> };
}

declare module 'onnxruntime-web/wasm' {
  const runtime: OnnxRuntime;
  export = runtime;
}

declare module 'onnxruntime-node' {
  const runtime: OnnxRuntime;
  export = runtime;
}

interface TensorflowTensor { dataSync(): Float32Array; dispose(): void }

declare module '@tensorflow/tfjs-core' {
  export function setBackend(name: string): Promise<boolean>;
  export function tensor(values: Float32Array, shape: readonly number[]): TensorflowTensor;
  export function conv2dTranspose(x: TensorflowTensor, filter: TensorflowTensor, outputShape: readonly number[], strides: readonly number[], pad: unknown): TensorflowTensor;
  export function conv3dTranspose(x: TensorflowTensor, filter: TensorflowTensor, outputShape: readonly number[], strides: readonly number[], pad: string): TensorflowTensor;
}

declare module '@tensorflow/tfjs-backend-cpu' {}

declare module '@tensorflow/tfjs-backend-wasm' {
  export function setWasmPaths(prefix: string): void;
  export function setThreadsCount(count: number): void;
}

interface LiteRtTensor { toTypedArray(): Float32Array; delete(): void }

declare module '@litertjs/core' {
  export function loadLiteRt(path: string, options?: { threads?: boolean; jspi?: boolean }): Promise<unknown>;
  export function loadAndCompile(model: Uint8Array, options: { accelerator: string }): Promise<{ run(inputs: LiteRtTensor[]): Promise<LiteRtTensor[]>; delete(): void }>;
  export const Tensor: new (data: Float32Array, shape: readonly number[]) => LiteRtTensor;
}

declare module 'flatbuffers' {
  export class Builder {
    startObject(fields: number): void;
    endObject(): number;
    addFieldInt8(field: number, value: number, otherwise: number): void;
    addFieldInt32(field: number, value: number, otherwise: number): void;
    addFieldOffset(field: number, value: number, otherwise: number): void;
    startVector(size: number, count: number, alignment: number): void;
    endVector(): number;
    addInt8(value: number): void;
    addInt32(value: number): void;
    addOffset(value: number): void;
    createString(text: string): number;
    finish(root: number, identifier: string): void;
    asUint8Array(): Uint8Array;
  }
}
