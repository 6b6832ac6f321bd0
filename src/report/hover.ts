import { asConstant, unknown, type Int } from '../algebra/integer';
import type { Framework, Reading } from '../frameworks/api';
import type { Shape } from '../frameworks/argument';
import type { Instance, Layer } from '../network/layer';
import type { Finding } from '../rules/rule';
import { code, codeBlock, plainText, table } from './markdown';
import { overlapPicture, svgDataUri } from './overlapPicture';
import { overlapOf, overlapWords } from './overlapWords';
import { axisNames, outputShape, rejection, shapeText, sizesText, sizeText, spatialPart, symbolicSizes, withoutDots } from './sizes';

/** Where links of the hover lead; the editor knows. */
export interface HoverLinks {
  readonly playground: string;
  rule(code: string): string;
  /** Asks for the shape of the input, where the code leaves it open. */
  readonly setInputShape?: string | undefined;
}

/** How many different contexts of a layer are shown. */
const maximumRows = 6;
/** How many assumptions are shown. */
const maximumNotes = 5;

/**
 * Everything known about a layer, as Markdown. Text from the user's code is escaped.
 * @param findings those at this layer, for links to the pages of their rules.
 */
export function layerMarkdown(layer: Layer, findings: readonly Finding[], links: HoverLinks): string {
  const contexts = distinctContexts(layer);
  const [main] = contexts;
  const reading = main?.reading ?? layer.reading;
  const parts = [
    `${heading(layer, contexts)} · [Open in playground](${links.playground})`,
    ...(contexts.length > 1 ? severalContexts(contexts, reading) : main ? oneContext(main) : [formula(reading)]),
    ...overlapLines(contexts.length > 0 ? contexts.filter(each => !rejection(each)).map(each => each.reading) : [layer.reading]),
    contexts.length === 1 && main && !rejection(main) ? cost(main) : undefined,
    notes('Assumed', unique(contexts.flatMap(each => [...each.assumed, ...each.reading.assumed]))),
    notes('Not known', unique(contexts.flatMap(each => each.reading.missing))),
    layer.cutOff === undefined ? undefined : plainText(layer.cutOff),
    linkLine(layer, findings, links),
  ];
  return parts.filter(part => part !== undefined).join('\n\n');
}

const frameworkNames: Readonly<Record<Framework, string>> = { pytorch: 'PyTorch', keras: 'Keras', tensorflow: 'TensorFlow', jax: 'JAX' };

/** One instance for each that would read differently, those with numbers first. */
function distinctContexts(layer: Layer): readonly Instance[] {
  const byText = new Map<string, Instance>();
  for (const instance of layer.instances) {
    const key = [rowOf(instance).join('|'), channels(instance.reading)].join('|');
    if (!byText.has(key)) byText.set(key, instance);
  }
  return [...byText.values()].sort((a, b) => Number(isConcrete(b)) - Number(isConcrete(a)));
}

function isConcrete({ output, reading }: Instance): boolean {
  return (output && spatialPart(output, reading)?.every(size => asConstant(size) !== undefined)) === true;
}

function heading(layer: Layer, contexts: readonly Instance[]): string {
  const { api } = layer.reading;
  const all = unique((contexts.length > 0 ? contexts.map(each => each.reading) : [layer.reading]).map(channels));
  const [only] = all;
  return `**${plainText(api.label)}** ${frameworkNames[api.framework]}${all.length === 1 && only ? `, ${only}` : ''}`;
}

/** `128 → 64 channels, 4 groups`; empty where nothing is known. */
function channels({ inputChannels, outputChannels, groups }: Reading): string {
  const several = groups.known && asConstant(groups) !== 1 ? `, ${sizeText(groups)} groups` : '';
  if (inputChannels.known && outputChannels.known) return plainText(`${sizeText(inputChannels)} → ${countText(outputChannels, 'channel')}${several}`);
  if (outputChannels.known) return plainText(`${countText(outputChannels, 'output channel')}${several}`);
  return inputChannels.known ? plainText(`${countText(inputChannels, 'input channel')}${several}`) : '';
}

/** `1 channel`, `64 channels`. */
function countText(count: Int, noun: string): string {
  return `${sizeText(count)} ${noun}${asConstant(count) === 1 ? '' : 's'}`;
}

function oneContext(instance: Instance): readonly (string | undefined)[] {
  const problem = rejection(instance);
  if (problem) {
    const { framework } = instance.reading.api;
    return [`**No output:** ${frameworkNames[framework]} rejects this call. ${problem.quote === undefined ? '' : code(problem.quote)}`.trim()];
  }
  const input = instance.input && `${code(shapeText(instance.input))} → `;
  const origin = instance.input && instance.inputOrigin !== undefined ? ` (${plainText(instance.inputOrigin)})` : '';
  const output = outputShape(instance);
  return [output && `**Output** ${input ?? ''}${code(output)}${origin}`, formula(instance.reading, instance.input)];
}

/**
 * The output size in the framework's formula with the layer's numbers, and simplified; one line for axes that
 * are alike. In terms of `H` and `W`, or of the symbols in the input's sizes where the model gives it such.
 */
function formula(reading: Reading, input?: Shape): string | undefined {
  const names = axisNames(reading.rank ?? 0);
  const given = input && spatialPart(input, reading);
  const inputs = given?.some(isSymbolic) ? given : symbolicSizes(names.length);
  const outputs = reading.axes(inputs).map(axis => axis.outputSize);
  const lines = names.map((_, axis) => formulaLine(reading, axis, inputs[axis] ?? unknown, outputs[axis] ?? unknown));
  const [first] = lines;
  const [firstName] = names;
  if (first === undefined || firstName === undefined) return lines.every(line => line === undefined) ? undefined : eachAxis(names, lines);
  const alike = names.every((name, axis) => lines[axis]?.replace(new RegExp(`(?<![\\p{L}_])${name}(?![\\p{L}\\p{N}_])`, 'gu'), firstName) === first);
  if (!alike) return eachAxis(names, lines);
  const others = names.slice(1).join(' and ');
  return codeBlock([`${firstName}: ${first}${others === '' ? '' : `, ${others} alike`}`]);
}

function eachAxis(names: readonly string[], lines: readonly (string | undefined)[]): string {
  return codeBlock(names.map((name, axis) => `${name}: ${lines[axis] ?? '?'}`));
}

function isSymbolic(size: Int): boolean {
  return size.known && asConstant(size) === undefined;
}

function formulaLine(reading: Reading, axis: number, input: Int, output: Int): string | undefined {
  const formula = reading.formula(axis, input);
  const written = formula && withoutDots(formula);
  const short = output.known ? sizeText(output) : undefined;
  return written === undefined || written === short ? short : short === undefined ? written : `${written} = ${short}`;
}

function severalContexts(contexts: readonly Instance[], reading: Reading): readonly (string | undefined)[] {
  const shown = contexts.slice(0, maximumRows);
  const more = contexts.length - shown.length;
  const sameFormula = unique(contexts.map(each => formula(each.reading))).length === 1;
  return [
    sameFormula ? formula(reading) : undefined,
    table(['kernel', 'stride', 'output', 'overlap'], shown.map(rowOf)),
    more > 0 ? `and ${more} more` : undefined,
  ];
}

function rowOf(instance: Instance): readonly [string, string, string, string] {
  const { reading } = instance;
  const rejected = rejection(instance) !== undefined;
  const { even, holes } = overlapOf(reading);
  const input = instance.input && `${shapeText(instance.input)} → `;
  const output = rejected ? 'rejected' : outputShape(instance);
  return [
    code(compact(reading.kernelSize)), code(compact(reading.stride)), code(`${input ?? ''}${output ?? '?'}`),
    rejected ? '' : holes === true ? 'holes' : even === true ? 'even' : even === false ? 'uneven' : '?',
  ];
}

/** `4` where all axes are alike, else `4 × 3`. */
function compact(sizes: readonly Int[]): string {
  const texts = unique(sizes.map(sizeText));
  return texts.length === 1 ? texts[0] ?? '?' : sizesText(sizes) || '?';
}

/** Verdict and picture, of several contexts for each pattern once, with the settings that have it. */
function overlapLines(readings: readonly Reading[]): readonly string[] {
  const groups = new Map<string, { readonly pattern: ReturnType<typeof overlapOf>; readonly settings: Set<string> }>();
  for (const reading of readings) {
    const pattern = overlapOf(reading);
    const words = overlapWords(pattern);
    if (words === undefined) continue;
    const group = groups.get(words) ?? { pattern, settings: new Set() };
    groups.set(words, group);
    group.settings.add(`kernel ${compact(reading.kernelSize)}, stride ${compact(reading.stride)}`);
  }
  const lines: string[] = [];
  for (const [words, { pattern, settings }] of [...groups].slice(0, 2)) {
    const [verdict, ...explanation] = words.split(':');
    const which = groups.size === 1 ? '' : ` (${plainText([...settings].slice(0, maximumRows).join('; '))})`;
    lines.push(explanation.length === 0 ? `**${verdict}.**${which}` : `**${verdict}:**${explanation.join(':')}.${which}`);
    const picture = pattern.counts && overlapPicture(pattern.counts);
    if (picture !== undefined) lines.push(`![Contributions by output position: ${plainText(words)}](${svgDataUri(picture)})`);
  }
  return lines;
}

function cost({ parameters, multiplyAdds }: Instance): string | undefined {
  const parts = [
    parameters.known ? `Parameters ${code(quantity(parameters))}` : undefined,
    multiplyAdds.known ? `Multiply-adds ${code(quantity(multiplyAdds))}` : undefined,
  ].filter(part => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' · ');
}

/** `2,097,408`, `131072·H·W`. */
function quantity(value: Int): string {
  const number = asConstant(value);
  return number === undefined ? sizeText(value) : String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

function notes(title: string, lines: readonly string[]): string | undefined {
  if (lines.length === 0) return undefined;
  const more = lines.length > maximumNotes ? `, and ${lines.length - maximumNotes} more` : '';
  return `${title}: ${lines.slice(0, maximumNotes).map(plainText).join(', ')}${more}`;
}

function linkLine(layer: Layer, findings: readonly Finding[], links: HoverLinks): string {
  const { api } = layer.reading;
  const rules = new Map(findings.map(finding => [finding.rule, finding.name]));
  return [
    ...[...rules].map(([rule, name]) => `[${rule} ${plainText(name)}](${links.rule(rule)})`),
    ...links.setInputShape === undefined ? [] : [`[Set input shape…](${links.setInputShape})`],
    `[${frameworkNames[api.framework]} documentation](${api.documentation})`,
  ].join(' · ');
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
