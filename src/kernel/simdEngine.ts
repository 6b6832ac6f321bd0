import { type Engine, type Loops, type Memory } from './engine';
import { packedModules, plainLength } from './generated/simdModules';

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
    const bytes = unpack(atob(packedModules));
    const code = relaxed ? bytes.subarray(plainLength) : bytes.subarray(0, plainLength);
    const module = new WebAssembly.Module(code);
    return { name: 'simd', panelRows: 4, panelColumns: 8, allocate: (size, table) => allocate(module, size, table) };
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

/** Undoes what `pack` of `scripts/lib/simd.mjs` does. */
function unpack(packed: string): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  for (let at = 0; at < packed.length;) {
    let count = packed.charCodeAt(at++);
    if (count < 128) {
      for (; count >= 0; count--) bytes.push(packed.charCodeAt(at++));
    } else {
      const distance = count % 32 * 256 + packed.charCodeAt(at++);
      count = count >> 5 & 3;
      if (count === 3) count += packed.charCodeAt(at++);
      for (count += 3; count > 0; count--) bytes.push(bytes[bytes.length - distance] as number);
    }
  }
  return Uint8Array.from(bytes);
}
