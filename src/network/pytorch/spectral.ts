import { floorDivide } from '../../algebra/division';
import { add, constant, multiply, subtract, unknown, type Int } from '../../algebra/integer';
import type { Shape } from '../../frameworks/argument';
import { LibraryCall } from '../call';
import { axisOf } from '../shapes/reshape';
import { tensor } from '../values';
import type { Operation } from '../operation';

const two = constant(2);

/** `torch.stft(input, n_fft, hop_length=n_fft // 4, …)` of `(L)` or `(B, L)`: `(B, frequencies, frames)`, and 2 where it gives reals. */
const stft: Operation = (given, site, context) => {
  const call = new LibraryCall(given, site, ['input', 'n_fft', 'hop_length', 'win_length', 'window', 'center', 'pad_mode', 'normalized', 'onesided', 'return_complex']);
  const input = context.implied.known(call.value('input'));
  const size = call.integer('n_fft');
  const hop = hopOf(call, size);
  const [center, half, complex] = [call.flag('center', true), oneSided(call), call.value('return_complex') === undefined ? undefined : call.flag('return_complex', false)];
  const length = input?.shape?.at(-1);
  if (input?.shape === undefined || length === undefined || half === undefined || complex === undefined || input.shape.length > 2) return tensor(undefined, input?.origin);
  const padded = center === undefined ? unknown : center ? add(length, multiply(2, floorDivide(size, 2))) : length;
  const frames = add(floorDivide(subtract(padded, size), hop), 1);
  const frequencies = half ? add(floorDivide(size, 2), 1) : size;
  return tensor([...input.shape.slice(0, -1), frequencies, frames, ...complex ? [] : [two]], input.origin);
};

/** `torch.istft(input, n_fft, …, length=None)` of `(B, frequencies, frames)`: `(B, L)`. */
const istft: Operation = (given, site, context) => {
  const call = new LibraryCall(given, site, ['input', 'n_fft', 'hop_length', 'win_length', 'window', 'center', 'normalized', 'onesided', 'length']);
  const input = context.implied.known(call.value('input'));
  const size = call.integer('n_fft');
  const wanted = call.value('length');
  const frames = input?.shape?.at(-1);
  if (input?.shape === undefined || frames === undefined || input.shape.length > 3) return tensor(undefined, input?.origin);
  const whole = add(size, multiply(hopOf(call, size), subtract(frames, 1)));
  const center = call.flag('center', true);
  const own = center === undefined ? unknown : center ? subtract(whole, multiply(2, floorDivide(size, 2))) : whole;
  return tensor([...input.shape.slice(0, -2), wanted === undefined || wanted.kind === 'none' ? own : call.integer('length')], input.origin);
};

function hopOf(call: LibraryCall, size: Int): Int {
  const hop = call.value('hop_length');
  return hop === undefined || hop.kind === 'none' ? floorDivide(size, 4) : call.integer('hop_length');
}

function oneSided(call: LibraryCall): boolean | undefined {
  const value = call.value('onesided');
  return value === undefined || value.kind === 'none' ? true : call.flag('onesided', true);
}

/** Something done to the shape of the first argument. */
const shaping = (output: (shape: Shape, call: LibraryCall) => Shape | undefined): Operation => (given, site, context) => {
  const call = new LibraryCall(given, site, ['input', 'n', 'dim']);
  const input = context.implied.known(call.value('input') ?? call.value('real'));
  return tensor(input?.shape === undefined ? undefined : output(input.shape, call), input?.origin);
};

/** Along one axis, of which `n` may be the new length before. */
const along = (change: (size: Int, given: Int | undefined) => Int): Operation => shaping((shape, call) => {
  const at = axisOf(call.number('dim', -1), shape.length);
  const length = call.value('n');
  const given = length === undefined || length.kind === 'none' ? undefined : call.integer('n');
  return at === undefined ? undefined : shape.map((size, axis) => axis === at ? change(size, given) : size);
});

const pairs: [string, Operation][] = [
  ['stft', stft], ['istft', istft],
  ['view_as_real', shaping(shape => [...shape, two])], ['view_as_complex', shaping(shape => shape.slice(0, -1))],
  ['complex', shaping(shape => shape)], ['polar', shaping(shape => shape)],
  ['fft.fft', along((size, given) => given ?? size)], ['fft.ifft', along((size, given) => given ?? size)],
  ['fft.rfft', along((size, given) => add(floorDivide(given ?? size, 2), 1))], ['fft.irfft', along((size, given) => given ?? multiply(2, subtract(size, 1)))],
  ['fft.fftshift', shaping(shape => shape)], ['fft.ifftshift', shaping(shape => shape)],
];

/** Fourier transforms and complex numbers of PyTorch, by qualified name. */
export const spectralOperations: readonly (readonly [string, Operation])[] = pairs.map(([name, operation]) => [`torch.${name}`, operation]);
