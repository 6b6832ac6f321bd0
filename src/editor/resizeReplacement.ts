import { sizeOffset, type AxisSetting } from '../geometry/convention';
import type { Layer } from '../network/layer';
import { axisSettings } from '../rules/axisSettings';
import { argumentListLength } from './appliedCall';

/** The text around the call of a layer. */
export interface CallSurroundings {
  /** All of the file, or of the notebook's cells before: for its imports. */
  readonly module: string;
  /** The line up to the call. */
  readonly before: string;
  readonly call: string;
  /** What follows the call. */
  readonly after: string;
}

/** Another way to the same output size, as the text that takes the place of the call. */
export interface Replacement {
  readonly title: string;
  readonly text: string;
  /** How much goes: the call, and its argument list where the layer is applied at once. */
  readonly length: number;
}

/**
 * A layer that enlarges by exactly its stride, as the ways that the literature prefers: nearest-neighbour resize and
 * an ordinary convolution ([Odena and others 2016](https://distill.pub/2016/deconv-checkerboard/)), and sub-pixel
 * convolution ([Shi and others 2016](https://arxiv.org/abs/1609.05158)). Both keep the output size for every input.
 *
 * @returns none where the sizes would differ, where a value comes from elsewhere in the code, or where the text
 *   that is needed has no name there.
 */
export function resizeReplacements(layer: Layer, surroundings: CallSurroundings): readonly Replacement[] {
  const settings = commonSettings(layer);
  if (settings === undefined || layer.end === undefined || surroundings.call.includes('#')) return [];
  // What is around it wants a single layer with weights.
  if (/_norm\s*\(\s*$/.test(surroundings.before)) return [];
  const written = writtenArguments(layer);
  if (written === undefined) return [];
  const call: Call = { layer, settings, written, ...surroundings };
  switch (layer.reading.api.framework) {
    case 'pytorch': return torchReplacements(call);
    case 'keras': return kerasReplacements(call);
    default: return [];
  }
}

interface Call extends CallSurroundings {
  readonly layer: Layer;
  readonly settings: readonly AxisSetting[];
  /** By parameter. */
  readonly written: ReadonlyMap<string, { readonly text: string; readonly literal: boolean }>;
}

/** What all contexts of the layer share. @returns `undefined` where it does not enlarge by exactly the stride in each. */
function commonSettings({ instances }: Layer): readonly AxisSetting[] | undefined {
  const [first, ...others] = instances.map(instance => instance.problems.length > 0 || instance.outputSizeGiven === true ? undefined : axisSettings(instance.reading));
  if (first === undefined || others.some(settings => JSON.stringify(settings) !== JSON.stringify(first))) return undefined;
  return first.some(({ stride }) => stride > 1) && first.every(setting => sizeOffset(setting) === 0) ? first : undefined;
}

function writtenArguments(layer: Layer): Call['written'] | undefined {
  const written = new Map<string, { text: string; literal: boolean }>();
  for (const { parameter, keyword, text, literal } of layer.arguments) {
    // Keras takes more keywords than the analysis has use for: `name`.
    const name = parameter ?? keyword;
    if (name === undefined || written.has(name)) return undefined;
    written.set(name, { text, literal });
  }
  return written;
}

function torchReplacements(call: Call): readonly Replacement[] {
  const { layer: { reading }, settings, written } = call;
  const found = /^(.+\.)ConvTranspose([123])d$/.exec(reading.api.name === `torch.nn.ConvTranspose${settings.length}d` ? calleeText(call) : '');
  const [, prefix, rank] = found ?? [];
  const [inChannels, outChannels] = ['in_channels', 'out_channels'].map(name => written.get(name)?.text);
  if (prefix === undefined || rank === undefined || inChannels === undefined || outChannels === undefined) return [];
  if (!areLiterals(call, ['kernel_size', 'stride', 'padding', 'output_padding', 'dilation'])) return [];
  const size = oddKernel(settings);
  const kept = keptArguments(call, ['groups', 'bias', 'device', 'dtype']);
  const conv = (channels: string): string => `${prefix}Conv${rank}d(${[inChannels, channels, `kernel_size=${tuple(size)}`, `padding=${tuple(size.map(half))}`, ...kept].join(', ')})`;
  const strides = settings.map(({ stride }) => stride);
  const resized: Replacement = {
    title: resizeTitle(size), length: call.call.length,
    text: sequence(call, `${prefix}Sequential(`, [`${prefix}Upsample(scale_factor=${tuple(strides)}, mode="nearest")`, conv(outChannels)], ')'),
  };
  const [stride = 1] = strides;
  if (rank !== '2' || !strides.every(each => each === stride) || written.has('groups')) return [resized];
  return [resized, {
    title: `Replace by a sub-pixel convolution, ${size.join(' × ')} (same output size; initialise it with ICNR)`, length: call.call.length,
    text: sequence(call, `${prefix}Sequential(`, [conv(times(outChannels, stride * stride)), `${prefix}PixelShuffle(${stride})`], ')'),
  }];
}

function kerasReplacements(call: Call): readonly Replacement[] {
  const { layer: { reading }, settings, written } = call;
  const found = /^(.+\.)Conv([123])DTranspose$/.exec(reading.api.form === 'layer' ? calleeText(call) : '');
  const [, prefix, rank] = found ?? [];
  const filters = written.get('filters')?.text;
  if (prefix === undefined || rank === undefined || filters === undefined) return [];
  const replaced = ['kernel_size', 'strides', 'padding', 'output_padding', 'dilation_rate'];
  if (!areLiterals(call, replaced) || [...written.keys()].some(name => /^(batch_)?input_(shape|dim)$/.test(name))) return [];
  const size = oddKernel(settings);
  const kept = keptArguments(call, [...written.keys()].filter(name => name !== 'filters' && !replaced.includes(name)));
  const strides = settings.map(({ stride }) => stride);
  const format = written.get('data_format')?.text;
  const resize = `${prefix}UpSampling${rank}D(${[tuple(strides), ...format === undefined ? [] : [`data_format=${format}`]].join(', ')})`;
  const conv = `${prefix}Conv${rank}D(${[filters, tuple(size), 'padding="same"', ...kept].join(', ')})`;
  const title = resizeTitle(size);
  const applied = argumentListLength(call.after);
  if (applied > 0) return [{ title, text: `${conv}(${resize}${call.after.slice(0, applied)})`, length: call.call.length + applied }];
  const sequential = kerasModule(prefix, call.module);
  return sequential === undefined ? [] : [{ title, text: sequence(call, `${sequential}.Sequential([`, [resize, conv], '])'), length: call.call.length }];
}

/** What Keras itself is called where its layers are called `prefix`. */
function kerasModule(prefix: string, module: string): string | undefined {
  const path = /^(.*keras)\.layers\.$/.exec(prefix)?.[1];
  if (path !== undefined || prefix !== 'layers.') return path;
  const ofTensorFlow = /^from tensorflow\.keras import [^\n]*\blayers\b/m.test(module);
  if (/^from tensorflow import [^\n]*\bkeras\b/m.test(module) || (!ofTensorFlow && /^import keras\b(?!\.| as)/m.test(module))) return 'keras';
  return ofTensorFlow && /^import tensorflow as tf\b/m.test(module) ? 'tf.keras' : undefined;
}

function calleeText({ layer, call }: Call): string {
  return call.slice(0, layer.callee.to - layer.range.from);
}

/** What is replaced must not depend on other code, which would then have no effect. */
function areLiterals({ written }: Call, parameters: readonly string[]): boolean {
  return parameters.every(parameter => written.get(parameter)?.literal ?? true);
}

function keptArguments({ written }: Call, parameters: readonly string[]): readonly string[] {
  return parameters.flatMap(parameter => {
    const argument = written.get(parameter);
    return argument === undefined ? [] : [`${parameter}=${argument.text}`];
  });
}

/** An odd kernel keeps the size with as much padding on both sides; less than 3 would not mix what was repeated. */
function oddKernel(settings: readonly AxisSetting[]): readonly number[] {
  return settings.map(({ kernelSize, stride }) => stride === 1 && kernelSize === 1 ? 1 : Math.max(3, kernelSize % 2 === 1 ? kernelSize : kernelSize - 1));
}

function resizeTitle(size: readonly number[]): string {
  return `Replace by nearest-neighbour resize and a convolution, ${size.join(' × ')} (same output size)`;
}

/** One line where it fits, else one for each layer. */
function sequence({ before, call }: Call, open: string, layers: readonly string[], close: string): string {
  const line = `${open}${layers.join(', ')}${close}`;
  if (before.length + line.length <= longestLine && !call.includes('\n')) return line;
  const indent = /^[ \t]*/.exec(before)?.[0] ?? '';
  return `${open}\n${layers.map(layer => `${indent}    ${layer},\n`).join('')}${indent}${close}`;
}

const longestLine = 100;

function tuple(sizes: readonly number[]): string {
  const [first] = sizes;
  return sizes.every(size => size === first) ? String(first) : `(${sizes.join(', ')})`;
}

function half(size: number): number {
  return (size - 1) / 2;
}

/** `32` and 4 is `128`; `ngf * 2` and 4 is `(ngf * 2) * 4`. */
function times(text: string, factor: number): string {
  if (/^\d+$/.test(text)) return String(Number(text) * factor);
  return /^[\w.]+$/.test(text) ? `${text} * ${factor}` : `(${text}) * ${factor}`;
}
