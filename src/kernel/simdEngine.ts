import { ceil } from './arithmetic';
import { type Engine, type Loops } from './engine';
import { bothLength, packedModules, relaxedLength } from './generated/simdModules';
import { unpack } from './unpack';

/** Numbers in a page of WebAssembly's memory. */
const pageSize = 16384;
let engine: Engine | undefined | null = null;

/**
 * WebAssembly with SIMD, with fused multiply-add where the machine allows it.
 * @returns undefined where WebAssembly or its SIMD is not there or not allowed
 */
export const simdEngine = (): Engine | undefined => engine === null ? engine = load(true) ?? load(false) : engine;

/** @param relaxed the module with relaxed SIMD, or that without */
export function load(relaxed: boolean): Engine | undefined {
  try {
    const code = unpack(packedModules, relaxed ? relaxedLength : bothLength);
    const module = new WebAssembly.Module(relaxed ? code : code.subarray(relaxedLength));
    return {
      name: 'simd', panelColumns: 8,
      allocate(size, table) {
        const memory = new WebAssembly.Memory({ initial: ceil(size / pageSize) + 1 });
        new Int32Array(memory.buffer).set(table);
        const { exports } = new WebAssembly.Instance(module, { env: { memory } });
        // The modules export exactly the loops, under the same names with the same parameters.
        return { values: new Float32Array(memory.buffer), loops: exports as unknown as Loops };
      },
    };
  } catch {
    // Not known to this machine, or forbidden by the page's policy: the portable engine serves.
    return undefined;
  }
}
