import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { kernelProperties, minifyOnceMore } from '../../../scripts/lib/minify.mjs';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = join(root, 'src', 'kernel');

/** Of src/kernel, as it ships: all files in one bundle, minified twice. */
export interface KernelSize {
  readonly bytes: number;
  /** After the first time, a figure a file. */
  readonly files: ReadonlyMap<string, number>;
}

export async function kernelSize(): Promise<KernelSize> {
  // AssemblyScript is in the generated modules already.
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(file => file.replaceAll('\\', '/'))
    .filter(file => /\.[jt]s$/.test(file) && !file.endsWith('.d.ts') && !file.startsWith('simd/'));
  const contents = files.map(file => `export * from './${file.replace(/\.[jt]s$/, '')}';`).join('\n');
  const { metafile, outputFiles: [bundle] } = await build({
    stdin: { contents, resolveDir: folder }, absWorkingDir: root, bundle: true, minify: true, mangleProps: kernelProperties, format: 'esm', target: 'es2022', write: false, metafile: true,
  });
  const code = await minifyOnceMore(bundle?.text ?? '', true);
  const inputs = Object.values(metafile.outputs)[0]?.inputs ?? {};
  return {
    // What ships names no exports.
    bytes: Buffer.byteLength(code.slice(0, code.lastIndexOf('export{'))),
    files: new Map(Object.entries(inputs).filter(([file]) => file.startsWith('src/kernel/')).map(([file, { bytesInOutput }]) => [file.slice('src/kernel/'.length), bytesInOutput])),
  };
}
