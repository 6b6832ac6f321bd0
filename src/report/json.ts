import { format } from '../algebra/format';
import { modulo } from '../algebra/division';
import { asConstant } from '../algebra/integer';
import type { Analysis } from '../analysis';
import { countsOfOutput, overlap } from '../geometry/overlap';
import type { Instance, Layer } from '../network/layer';
import type { Finding } from '../rules/rule';
import { overlapOf } from './overlapWords';
import { Locator, type LineColumnRange, type Reporter } from './report';
import { outputFormulas, spatialPart, symbolicSizes } from './sizes';
import { argumentToJson, integerToJson, isUnknown, type Json } from './values';

/** The shape of the JSON report; `version` grows when a reader of an older one would misread it. */
export interface JsonReport {
  readonly version: 1;
  readonly files: readonly JsonFile[];
  readonly errors: readonly { readonly path: string; readonly message: string }[];
}

export interface JsonFile {
  readonly path: string;
  readonly layers: readonly JsonLayer[];
  readonly findings: readonly JsonFinding[];
}

export interface JsonLayer {
  /** Canonical qualified name. */
  readonly api: string;
  /** The call expression. */
  readonly range: LineColumnRange;
  readonly rank: number | null;
  /** One for each distinct context: a call of the wrapper around it, a turn of a loop. */
  readonly instances: readonly JsonInstance[];
}

export interface JsonInstance {
  /** Defaults filled in; an unknown value is null, a symbolic one a string. */
  readonly arguments: Readonly<Record<string, Json>>;
  /** Names of the arguments that are null, or have a null inside, because they are not known (not Python's None). */
  readonly unknown: readonly string[];
  readonly assumed: readonly string[];
  /** Per axis, in terms of the input's D, H, W, or L in one dimension. */
  readonly outputFormula: readonly (string | null)[] | null;
  readonly input: readonly (number | string | null)[] | null;
  readonly output: readonly (number | string | null)[] | null;
  readonly overlap: JsonOverlap;
  readonly parameters: number | string | null;
  readonly multiplyAdds: number | string | null;
}

export interface JsonOverlap {
  readonly even: boolean | null;
  readonly holes: boolean | null;
  /** Largest over smallest number of contributions, multiplied over the axes; null where infinite or unknown. */
  readonly ratio: number | null;
  /** Per axis, contributions to each residue of the output position modulo stride; null where unknown. */
  readonly counts: readonly (readonly number[] | null)[] | null;
}

export interface JsonFinding {
  readonly rule: string;
  readonly name: string;
  readonly severity: string;
  readonly range: LineColumnRange;
  readonly message: string;
  readonly fixes: readonly { readonly title: string; readonly edits: readonly { readonly range: LineColumnRange; readonly text: string }[] }[];
}

/** The contract for other programs. */
export class JsonReporter implements Reporter {
  private readonly files: JsonFile[] = [];
  private readonly errors: { path: string; message: string }[] = [];

  file(path: string, analysis: Analysis): string {
    this.files.push(fileToJson(path, analysis));
    return '';
  }

  error(path: string, message: string): string {
    this.errors.push({ path, message });
    return '';
  }

  end(): string {
    const report: JsonReport = { version: 1, files: this.files, errors: this.errors };
    return `${JSON.stringify(report, null, 2)}\n`;
  }
}

export function fileToJson(path: string, analysis: Analysis): JsonFile {
  const locator = new Locator(analysis);
  return {
    path,
    layers: analysis.layers.flatMap(layer => layerToJson(layer, locator)),
    findings: analysis.findings.map(finding => findingToJson(finding, locator)),
  };
}

/** One, but for a call whose callee varies (`get_layer(dim)(…)`): then one for each API, at the same range. */
function layerToJson(layer: Layer, locator: Locator): readonly JsonLayer[] {
  const byApi = new Map<string, readonly Instance[]>();
  for (const instance of layer.instances) {
    const { api, rank } = instance.reading;
    const key = `${api.name} ${rank ?? ''}`;
    byApi.set(key, [...byApi.get(key) ?? [], instance]);
  }
  return [...byApi.values()].map(instances => {
    const { api, rank } = instances[0]?.reading ?? layer.reading;
    return { api: api.name, range: locator.range(layer.range), rank: rank ?? null, instances: instances.map(instanceToJson) };
  });
}

function instanceToJson(instance: Instance): JsonInstance {
  const { reading } = instance;
  const given = Object.entries(reading.arguments);
  return {
    arguments: Object.fromEntries(given.map(([name, value]) => [name, argumentToJson(value)])),
    unknown: given.filter(([, value]) => isUnknown(value)).map(([name]) => name),
    assumed: [...reading.assumed, ...instance.assumed],
    outputFormula: reading.rank === undefined ? null : outputFormulas(reading).map(size => size.known ? format(size) : null),
    input: instance.input?.map(integerToJson) ?? null,
    output: instance.output?.map(integerToJson) ?? null,
    overlap: overlapToJson(instance),
    parameters: integerToJson(instance.parameters),
    multiplyAdds: integerToJson(instance.multiplyAdds),
  };
}

function overlapToJson(instance: Instance): JsonOverlap {
  const { even, holes, ratio } = overlapOf(instance.reading);
  const counts = outputCounts(instance);
  return {
    even: even ?? null,
    holes: holes ?? null,
    ratio: even === true ? 1 : ratio !== undefined && Number.isFinite(ratio) ? ratio : null,
    counts: counts.length === 0 ? null : counts,
  };
}

/** Per axis, contributions by residue of the output position modulo the stride; null where that is not known. */
function outputCounts({ reading, input }: Instance): readonly (readonly number[] | null)[] {
  if (reading.rank === undefined) return [];
  const spatial = input && spatialPart(input, reading);
  const axes = reading.axes(symbolicSizes(reading.rank).map((size, axis) => spatial?.[axis] ?? size));
  return axes.map(axis => {
    const [kernelSize, stride, dilation] = [asConstant(axis.kernelSize), asConstant(axis.stride), asConstant(axis.dilation)];
    if (!kernelSize || !stride || !dilation || Math.min(kernelSize, stride, dilation) < 1) return null;
    const { counts, even } = overlap({ kernelSize, stride, dilation });
    if (counts.length === 0) return null;
    if (even) return counts;
    // Where the output begins in the pattern matters modulo the stride only.
    const start = asConstant(modulo(axis.cropLeft, stride));
    return start === undefined ? null : countsOfOutput(counts, start);
  });
}

function findingToJson(finding: Finding, locator: Locator): JsonFinding {
  return {
    rule: finding.rule,
    name: finding.name,
    severity: finding.severity,
    range: locator.range(finding.range),
    message: finding.message,
    fixes: finding.fixes.map(fix => ({
      title: fix.title,
      edits: fix.edits.map(edit => ({ range: locator.range(edit.range), text: edit.text })),
    })),
  };
}
