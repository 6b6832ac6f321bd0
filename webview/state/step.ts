import { isCount, isRecord, merge, oneOf, within } from './check';

export const stepForms = ['scatter', 'gather', 'zeroInsertion'] as const;
export type StepForm = typeof stepForms[number];
export const inputPresets = ['digits', 'ones', 'index', 'delta', 'random'] as const;
export type InputPreset = typeof inputPresets[number];
export const kernelPresets = ['bilinear', 'ones', 'index', 'delta', 'random', 'sobel'] as const;
export type KernelPreset = typeof kernelPresets[number];

export interface StepState {
  readonly form: StepForm;
  /** Steps done; `undefined` means all of them, however many there are. */
  readonly position: number | undefined;
  /** Milliseconds a step while playing. */
  readonly pace: number;
  readonly input: InputPreset;
  readonly kernel: KernelPreset;
  readonly seed: number;
  /** Cells edited by hand, by flat index, on top of the preset. */
  readonly inputEdits: Readonly<Record<number, number>>;
  readonly kernelEdits: Readonly<Record<number, number>>;
  readonly inputChannels: number;
  readonly outputChannels: number;
  /** Pinned output cells, by flat index. */
  readonly pins: readonly Pin[];
}

export interface Pin {
  readonly grid: GridName;
  readonly index: number;
}

export type GridName = 'input' | 'kernel' | 'output';

export const maximumChannels = 3;
export const maximumPins = 6;

export const defaultStep: StepState = {
  form: 'scatter', position: undefined, pace: 500, input: 'digits', kernel: 'bilinear', seed: 1,
  inputEdits: {}, kernelEdits: {}, inputChannels: 1, outputChannels: 1, pins: [],
};

export function parseStep(value: unknown): StepState {
  const fallback = defaultStep;
  if (!isRecord(value)) return fallback;
  const plain = merge(fallback, value);
  return {
    ...plain,
    form: oneOf(stepForms, value['form'], fallback.form),
    position: isCount(value['position']) ? value['position'] : undefined,
    input: oneOf(inputPresets, value['input'], fallback.input),
    kernel: oneOf(kernelPresets, value['kernel'], fallback.kernel),
    pace: within(plain.pace, 50, 2000),
    inputChannels: within(plain.inputChannels, 1, maximumChannels),
    outputChannels: within(plain.outputChannels, 1, maximumChannels),
    inputEdits: parseEdits(value['inputEdits']),
    kernelEdits: parseEdits(value['kernelEdits']),
    pins: Array.isArray(value['pins']) ? value['pins'].filter(isPin).slice(0, maximumPins) : [],
  };
}

function parseEdits(value: unknown): Readonly<Record<number, number>> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([key, cell]) => isCount(Number(key)) && Number.isFinite(cell)).slice(0, 4096)) as Record<number, number>;
}

function isPin(value: unknown): value is Pin {
  return isRecord(value) && isCount(value['index'])
    && (value['grid'] === 'input' || value['grid'] === 'kernel' || value['grid'] === 'output');
}
