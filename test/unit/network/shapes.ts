import assert from 'node:assert/strict';
import { format } from '../../../src/algebra/format';
import { analyzeFile } from '../../../src/analyze';
import type { Shape } from '../../../src/frameworks/argument';
import { unindent } from '../check';

/** A model's source and what its transposed convolutions do, in source order: `(N, 8, 4, 4) → (N, 4, 8, 8)`. */
export interface ModelCase {
  readonly name: string;
  readonly source: string;
  readonly shapes: readonly string[];
}

/** One test for each model. */
export function testModels(cases: readonly ModelCase[], header: string): void {
  for (const { name, source, shapes } of cases) {
    it(name, () => { assert.deepEqual(shapesIn(`${header}\n${unindent(source)}`), shapes); });
  }
}

/** Input and output of every instance of every transposed convolution. */
export function shapesIn(source: string): readonly string[] {
  return analyzeFile(source).layers.flatMap(layer => layer.instances.map(instance => `${show(instance.input)} → ${show(instance.output)}`));
}

function show(shape: Shape | undefined): string {
  return shape === undefined ? '?' : `(${shape.map(size => size.known ? format(size) : '?').join(', ')})`;
}
