import type { Framework } from '../src/frameworks/api';
import type { PlainArgument } from '../src/frameworks/plain';
import type { PlaygroundLayer } from '../src/protocol';

/** What the page shows, as one plain object: kept by the editor when the panel is hidden, and put into links. */
export interface State {
  readonly version: 1;
  readonly layer: LayerState;
  readonly view: ViewName;
  /** Whether a change of one axis changes all. */
  readonly linkedAxes: boolean;
  readonly step: StepState;
  readonly overlap: OverlapState;
  readonly image: ImageState;
  readonly compare: CompareState;
  readonly solve: SolveState;
  readonly quiz: QuizState;
}

export const viewNames = ['step', 'overlap', 'image', 'compare', 'transpose', 'solve', 'quiz'] as const;
export type ViewName = typeof viewNames[number];

export interface LayerState {
  /** Canonical qualified name: `torch.nn.ConvTranspose2d`. */
  readonly api: string;
  readonly rank: Rank;
  /** In the framework's own names. What is not here has the framework's default. */
  readonly arguments: Readonly<Record<string, PlainArgument>>;
  /** Spatial input sizes, one an axis. */
  readonly inputSize: readonly number[];
  /** Where the layer stands in the code; `undefined` when it was made here. */
  readonly source: LayerSource | undefined;
}

export type Rank = 1 | 2 | 3;

export interface LayerSource {
  readonly label: string;
  readonly location: string | undefined;
  readonly unknownArguments: readonly string[];
  /** Whether the code tells the input size. */
  readonly inputSizeKnown: boolean;
}

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

export interface StackLayer {
  readonly kernelSize: number;
  readonly stride: number;
}

export interface OverlapState {
  /** Further layers after this one, to see how overlap compounds. */
  readonly stack: readonly StackLayer[];
}

export const sampleNames = ['scene', 'text', 'gradient', 'flat', 'zonePlate', 'edge'] as const;
export type SampleName = typeof sampleNames[number];
export const imageKernels = ['random', 'constant', 'glorot', 'bilinear', 'icnr', 'step'] as const;
export type ImageKernel = typeof imageKernels[number];

export interface ImageState {
  readonly sample: SampleName | 'own';
  readonly kernel: ImageKernel;
  readonly seed: number;
  /** How often the layer is applied, one after the other. */
  readonly repeats: number;
}

export const compareKernels = ['random', 'constant', 'bilinear', 'icnr', 'glorot'] as const;
export const compareShows = ['picture', 'difference', 'spectrum'] as const;

export interface CompareState {
  readonly sample: SampleName | 'own';
  readonly kernel: typeof compareKernels[number];
  readonly show: typeof compareShows[number];
  readonly seed: number;
  readonly zoom: number;
}

export interface SolveState {
  readonly goal: 'scale' | 'size';
  readonly from: number;
  readonly to: number;
  readonly scale: number;
  readonly maximumKernel: number;
  readonly evenOnly: boolean;
  readonly dilations: boolean;
  /** That of the layer, unless another was chosen. */
  readonly framework: Framework | undefined;
}

export interface QuizState {
  /** Where the questions start; another number, other questions. */
  readonly seed: number;
  /** Questions answered. */
  readonly asked: number;
  /** Right at the first attempt. */
  readonly correct: number;
  /** Seeds of questions answered wrongly, to come back. */
  readonly missed: readonly number[];
  /** Seed of the current question, and the answer given to it. */
  readonly current: number;
  readonly answer: number;
}

/** No answer yet. */
export const unanswered = -1;

export const defaultState: State = {
  version: 1,
  layer: {
    api: 'torch.nn.ConvTranspose2d',
    rank: 2,
    arguments: { in_channels: 1, out_channels: 1, kernel_size: 4, stride: 2, padding: 1 },
    inputSize: [4, 4],
    source: undefined,
  },
  view: 'step',
  linkedAxes: true,
  step: {
    form: 'scatter', position: undefined, pace: 500, input: 'digits', kernel: 'bilinear', seed: 1,
    inputEdits: {}, kernelEdits: {}, inputChannels: 1, outputChannels: 1, pins: [],
  },
  overlap: { stack: [] },
  image: { sample: 'flat', kernel: 'random', seed: 1, repeats: 1 },
  compare: { sample: 'scene', kernel: 'random', show: 'picture', seed: 1, zoom: 1 },
  solve: { goal: 'scale', from: 28, to: 56, scale: 2, maximumKernel: 8, evenOnly: false, dilations: false, framework: undefined },
  quiz: { seed: 1, asked: 0, correct: 0, missed: [], current: 1, answer: -1 },
};

/** The state with the layer under the cursor in it. Data and view stay as they are; pins and edits belong to the old layer. */
export function withLayer(state: State, layer: PlaygroundLayer): State {
  const sizes = Array.from({ length: layer.rank }, (_, axis) => layer.inputSize[axis] ?? defaultInputSize(layer.rank));
  const first = sizes[0];
  return {
    ...state,
    layer: {
      api: layer.api, rank: layer.rank, arguments: layer.arguments, inputSize: sizes,
      source: {
        label: layer.label, location: layer.location, unknownArguments: layer.unknownArguments,
        inputSizeKnown: layer.inputSize.length === layer.rank && layer.inputSize.every(size => size !== null),
      },
    },
    linkedAxes: sizes.every(size => size === first) && Object.values(layer.arguments).every(hasEqualItems),
    step: { ...state.step, position: undefined, inputEdits: {}, kernelEdits: {}, pins: [] },
  };
}

/** A size at which the numbers of a layer of that rank are easy to follow. */
export function defaultInputSize(rank: Rank): number {
  return rank === 1 ? 6 : rank === 2 ? 4 : 3;
}

/** Reads a state that was kept or came in a link. Whatever does not fit falls back to the default; never throws. */
export function parseState(value: unknown): State {
  if (!isRecord(value) || value['version'] !== 1) return defaultState;
  return {
    ...merge(defaultState, value),
    version: 1,
    layer: parseLayer(value['layer']),
    view: oneOf(viewNames, value['view'], defaultState.view),
    step: parseStep(value['step']),
    overlap: parseOverlap(value['overlap']),
    image: parseImage(value['image']),
    compare: parseCompare(value['compare']),
    solve: parseSolve(value['solve']),
    quiz: parseQuiz(value['quiz']),
  };
}

function parseLayer(value: unknown): LayerState {
  const fallback = defaultState.layer;
  if (!isRecord(value)) return fallback;
  const { api, rank, inputSize, source } = value;
  const given = value['arguments'];
  if (typeof api !== 'string' || (rank !== 1 && rank !== 2 && rank !== 3) || !isRecord(given)) return fallback;
  if (!Array.isArray(inputSize) || inputSize.length !== rank || !inputSize.every(isSize)) return fallback;
  const known = Object.entries(given).filter((entry): entry is [string, PlainArgument] => isPlain(entry[1]));
  return { api, rank, arguments: Object.fromEntries(known), inputSize, source: parseSource(source) };
}

function parseSource(value: unknown): LayerSource | undefined {
  if (!isRecord(value) || typeof value['label'] !== 'string') return undefined;
  const { label, location, unknownArguments } = value;
  return {
    label,
    location: typeof location === 'string' ? location : undefined,
    unknownArguments: Array.isArray(unknownArguments) ? unknownArguments.filter(name => typeof name === 'string') : [],
    inputSizeKnown: value['inputSizeKnown'] === true,
  };
}

function parseStep(value: unknown): StepState {
  const fallback = defaultState.step;
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

export const maximumChannels = 3;
export const maximumPins = 6;

function parseEdits(value: unknown): Readonly<Record<number, number>> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([key, cell]) => isCount(Number(key)) && Number.isFinite(cell)).slice(0, 4096)) as Record<number, number>;
}

function parseOverlap(value: unknown): OverlapState {
  const stack = isRecord(value) && Array.isArray(value['stack']) ? value['stack'] : [];
  return { stack: stack.filter(isStackLayer).slice(0, 8) };
}

function parseImage(value: unknown): ImageState {
  const fallback = defaultState.image;
  if (!isRecord(value)) return fallback;
  const plain = merge(fallback, value);
  return {
    ...plain,
    sample: oneOf(sampleNames, value['sample'], fallback.sample),
    kernel: oneOf(imageKernels, value['kernel'], fallback.kernel),
    repeats: within(plain.repeats, 1, 3),
  };
}

function parseCompare(value: unknown): CompareState {
  const fallback = defaultState.compare;
  if (!isRecord(value)) return fallback;
  const plain = merge(fallback, value);
  return {
    ...plain,
    sample: oneOf(sampleNames, value['sample'], fallback.sample), kernel: oneOf(compareKernels, value['kernel'], fallback.kernel),
    show: oneOf(compareShows, value['show'], fallback.show), zoom: within(plain.zoom, 1, 8),
  };
}

function parseSolve(value: unknown): SolveState {
  const fallback = defaultState.solve;
  if (!isRecord(value)) return fallback;
  const plain = merge(fallback, value);
  return {
    ...plain,
    goal: value['goal'] === 'size' ? 'size' : 'scale', maximumKernel: within(plain.maximumKernel, 1, 16),
    from: within(plain.from, 1, 2048), to: within(plain.to, 1, 8192), scale: within(plain.scale, 1, 8),
    framework: (['pytorch', 'keras', 'tensorflow'] as const).find(name => name === value['framework']),
  };
}

function parseQuiz(value: unknown): QuizState {
  const fallback = defaultState.quiz;
  if (!isRecord(value)) return fallback;
  const missed = value['missed'];
  return { ...merge(fallback, value), missed: Array.isArray(missed) ? missed.filter(isCount).slice(0, 50) : [] };
}

/** Takes over numbers, flags and strings of the same type as in the fallback. */
function merge<T extends object>(fallback: T, value: Readonly<Record<string, unknown>>): T {
  const merged: Record<string, unknown> = { ...(fallback as Record<string, unknown>) };
  for (const [key, standard] of Object.entries(fallback)) {
    const candidate = value[key];
    const fits = typeof candidate === typeof standard && (typeof candidate !== 'number' || Number.isSafeInteger(candidate));
    if (fits && typeof candidate !== 'object') merged[key] = candidate;
  }
  return merged as unknown as T;
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown, fallback: T): T {
  return allowed.find(candidate => candidate === value) ?? fallback;
}

function within(value: number, minimum: number, maximum: number): number {
  return Math.min(Math.max(Math.round(value), minimum), maximum);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** Sizes above this are of no use here, and could only be a mistake or a wish to hang the page. */
export const maximumInputSize = 4096;

function isSize(value: unknown): value is number {
  return isCount(value) && value >= 1 && value <= maximumInputSize;
}

function isPin(value: unknown): value is Pin {
  return isRecord(value) && isCount(value['index'])
    && (value['grid'] === 'input' || value['grid'] === 'kernel' || value['grid'] === 'output');
}

function isStackLayer(value: unknown): value is StackLayer {
  return isRecord(value) && isSize(value['kernelSize']) && isSize(value['stride']);
}

function isPlain(value: unknown): value is PlainArgument {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (isRecord(value)) return Object.keys(value).length === 1 && Array.isArray(value['shape']) && value['shape'].length <= 16 && value['shape'].every(isCount);
  return Array.isArray(value) && value.length <= 16 && value.every(isPlain);
}

function hasEqualItems(value: PlainArgument): boolean {
  return !Array.isArray(value) || value.every(item => item === value[0]);
}
