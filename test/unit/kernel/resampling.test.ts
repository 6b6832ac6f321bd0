import assert from 'node:assert/strict';
import { bedOfNails, bilinear, nearest } from '../../../src/kernel/resampling';
import { assertClose } from './compare';

describe('nearest', () => {
  const line = (size: number, outputSize: number) => ({ batch: 1, channels: 1, size: [size], outputSize: [outputSize] });
  it('repeats pixels at a whole factor', () => {
    assert.deepEqual([...nearest({ batch: 1, channels: 2, size: [1, 2], outputSize: [2, 4] }, Float32Array.of(1, 2, 3, 4))],
      [1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]);
  });
  it('takes the floor of the coordinate from the origin', () => {
    assert.deepEqual([...nearest(line(5, 3), Float32Array.of(0, 1, 2, 3, 4))], [0, 1, 3]);
  });
  it('takes the pixel that covers the centre with half-pixel alignment', () => {
    assert.deepEqual([...nearest(line(5, 3), Float32Array.of(0, 1, 2, 3, 4), 'halfPixel')], [0, 2, 4]);
  });
});

describe('bilinear', () => {
  const square = { batch: 1, channels: 1, size: [2, 2], outputSize: [3, 4] };
  const input = Float64Array.of(1, 2, 3, 4);
  it('keeps the border with half-pixel alignment, as torch with align_corners=False', () => {
    assertClose(bilinear(square, input), [1, 1.25, 1.75, 2, 2, 2.25, 2.75, 3, 3, 3.25, 3.75, 4], 1e-12);
  });
  it('keeps the corners, as torch with align_corners=True', () => {
    assertClose(bilinear(square, input, 'corners'), [1, 4 / 3, 5 / 3, 2, 2, 7 / 3, 8 / 3, 3, 3, 10 / 3, 11 / 3, 4], 1e-12);
  });
  it('starts at the origin, as TensorFlow 1', () => {
    assertClose(bilinear({ batch: 1, channels: 1, size: [3], outputSize: [6] }, Float64Array.of(0, 2, 4), 'origin'), [0, 1, 2, 3, 4, 4], 1e-12);
  });
  it('mixes eight neighbours in three dimensions', () => {
    const cube = { batch: 1, channels: 1, size: [2, 2, 2], outputSize: [3, 3, 3] };
    const output = bilinear(cube, Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7), 'corners');
    assert.equal(output[13], 3.5);
  });
  it('refuses an input of another length', () => {
    assert.throws(() => bilinear(square, new Float32Array(3)), /input has 3 values, expected 4 for shape \[1, 1, 2, 2\]/);
  });
});

describe('bed of nails', () => {
  it('puts each value at the start of its block', () => {
    assert.deepEqual([...bedOfNails({ batch: 1, channels: 1, size: [2, 2], stride: [2, 3] }, Float32Array.of(1, 2, 3, 4))],
      [1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0]);
  });
});
