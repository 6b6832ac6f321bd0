import assert from 'node:assert/strict';
import { convolutionAxis } from '../../../src/geometry/axis';
import { maxPool, maxUnpool } from '../../../src/kernel/pooling';

describe('max pooling', () => {
  const two = convolutionAxis({ size: 4, kernelSize: 2, stride: 2 });
  const geometry = { batch: 1, channels: 1, axes: [two, two] };
  const input = Float32Array.of(1, 2, 6, 3, 3, 5, 2, 1, 1, 2, 2, 1, 7, 3, 4, 8);

  it('gives the largest of each window and its place, as torch', () => {
    const { values, indices } = maxPool(geometry, input);
    assert.deepEqual([...values], [5, 6, 7, 8]);
    assert.deepEqual([...indices], [5, 2, 12, 15]);
  });
  it('is undone by max unpooling', () => {
    const { values, indices } = maxPool(geometry, input);
    assert.deepEqual([...maxUnpool(geometry, values, indices)], [0, 0, 6, 0, 0, 5, 0, 0, 0, 0, 0, 0, 7, 0, 0, 8]);
  });
  it('lets padding never win', () => {
    const axis = convolutionAxis({ size: 3, kernelSize: 3, stride: 2, padding: [1, 1] });
    const { values, indices } = maxPool({ batch: 1, channels: 1, axes: [axis] }, Float32Array.of(-3, -2, -1));
    assert.deepEqual([[...values], [...indices]], [[-2, -1], [1, 2]]);
  });
  it('counts a last window that hangs over when the size is rounded up', () => {
    const axis = convolutionAxis({ size: 5, kernelSize: 2, stride: 2, ceil: true });
    assert.deepEqual([...maxPool({ batch: 1, channels: 1, axes: [axis] }, Float32Array.of(1, 2, 3, 4, 5)).values], [2, 4, 5]);
  });
  it('passes on what is not a number', () => {
    assert.deepEqual([...maxPool({ batch: 1, channels: 1, axes: [two] }, Float32Array.of(1, NaN, 3, 2)).values], [NaN, 3]);
  });
  it('refuses indices outside the plane', () => {
    assert.throws(() => maxUnpool(geometry, new Float32Array(4), Int32Array.of(0, 1, 2, 16)), /index 16 lies outside a plane of 16 values/);
  });
});
