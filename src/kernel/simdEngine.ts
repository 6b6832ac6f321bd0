import { type Engine, type Loops, type Memory } from './engine';
import { bothLength, packedModules, relaxedLength } from './generated/simdModules';
import { unpack } from './unpack';

const pageSize = 65536;
let engine: Engine | undefined | null = null;

/**
 * WebAssembly with SIMD, with fused multiply-add where the machine allows it.
 * @returns undefined where WebAssembly or its SIMD is not there or not allowed
 */
export function simdEngine(): Engine | undefined {
  return engine === null ? engine = load(true) ?? load(false) : engine;
}

/** @param relaxed the module with relaxed SIMD, or that without */
export function load(relaxed: boolean): Engine | undefined {
  try {
    const code = unpack(packedModules, relaxed ? relaxedLength : bothLength);
    const module = new WebAssembly.Module(relaxed ? code : code.subarray(relaxedLength));
    return { name: 'simd', panelColumns: 8, allocate: (size, table) => allocate(module, size, table) };
  } catch {
    // Not known to this machine, or forbidden by the page's policy: the portable engine serves.
    return undefined;
  }
}

function allocate(module: WebAssembly.Module, size: number, table: Int32Array): Memory {
  const pages = Math.ceil(size * 4 / pageSize) + 1;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  new Int32Array(memory.buffer).set(table);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  // The modules export exactly the loops, under the same names with the same parameters.
  return { values: new Float32Array(memory.buffer), loops: exports as unknown as Loops };
}
