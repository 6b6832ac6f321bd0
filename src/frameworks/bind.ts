import type { Parameter, Problem, Signature } from './api';
import type { ArgumentValue, GivenArgument, GivenArguments } from './argument';
import { pythonText, unknownValue } from './value';

/** How the call names itself in Python's messages, and what Python passes without it being written. */
export interface Callee {
  /** `ConvTranspose2d.__init__`. */
  readonly name: string;
  /** 1 where Python passes `self`, which it counts. */
  readonly receivers: 0 | 1;
  /** Who checks the arguments and words the messages: Python by default, PyTorch's C extension, TensorFlow's dispatcher. */
  readonly wording?: 'python' | 'torch' | 'tensorflow';
}

/** The value that a parameter gets in a call. */
export interface Bound {
  readonly value: ArgumentValue;
  /** False where the default applies, or nothing is known. */
  readonly given: boolean;
  /** As written by the user: keyword, or index among the positional arguments. */
  readonly keyword: string | undefined;
  readonly position: number | undefined;
  readonly source: number | undefined;
  /** Given by position with no positional argument after it: can be removed without moving others. */
  readonly last: boolean;
}

export interface Binding {
  /** The value of a parameter; unknown for a name that the signature does not have. */
  get(parameter: string): Bound;
  /** Keywords that `**kwargs` swallows. */
  readonly others: ReadonlyMap<string, Bound>;
  readonly problems: readonly Problem[];
}

const absent: Bound = {
  value: unknownValue, given: false, keyword: undefined, position: undefined, source: undefined, last: false,
};

/**
 * Binds the arguments of a call to parameters as Python does: positions first, then keywords, then defaults.
 * Every misuse is reported with Python's own words, although Python stops at the first.
 */
export function bind(signature: Signature, call: GivenArguments, callee: Callee): Binding {
  const values = new Map<string, Bound>();
  const others = new Map<string, Bound>();
  const problems: Problem[] = [];
  const positional = signature.parameters.filter(parameter => parameter.keywordOnly !== true);
  const given = call.given.filter(argument => argument.keyword === undefined);

  given.forEach((argument, position) => {
    const parameter = positional[position];
    if (parameter !== undefined) values.set(parameter.name, bound(argument, position, position === given.length - 1 && !call.unknownPositional));
  });
  const extra = given[positional.length];
  if (extra !== undefined) {
    problems.push(misuse(callee, undefined, extra.source,
      `${callee.name} takes at most ${positional.length} positional arguments, not ${given.length}.`, tooManyText(positional, given.length, callee)));
  }

  const seen = new Set<string>();
  for (const argument of call.given) {
    const keyword = argument.keyword;
    if (keyword === undefined) continue;
    const parameter = signature.parameters.find(candidate =>
      candidate.name === keyword || candidate.otherNames?.includes(keyword) === true);
    const name = parameter?.name ?? keyword;
    if (seen.has(keyword)) {
      problems.push(misuse(callee, keyword, argument.source, `${keyword} is given twice.`, `SyntaxError: keyword argument repeated: ${keyword}`));
    } else if (parameter === undefined) {
      if (signature.acceptsOtherKeywords) others.set(keyword, bound(argument));
      else problems.push(misuse(callee, keyword, argument.source, `${callee.name} has no parameter ${keyword}.`, `${got(callee)} an unexpected keyword argument '${keyword}'`));
    } else if (values.has(name)) {
      const first = values.get(name);
      problems.push(misuse(callee, name, argument.source,
        `${name} is given twice: ${first === undefined ? '?' : pythonText(first.value)} and ${pythonText(argument.value)}.`, `${got(callee)} multiple values for argument '${name}'`));
    } else {
      values.set(name, bound(argument));
    }
    seen.add(keyword);
  }

  const missing = signature.parameters.filter(parameter =>
    parameter.default === undefined && !values.has(parameter.name) && !mayBeHidden(parameter, call));
  // A misspelt keyword is one mistake, not two: what it should have set is not reported as missing.
  if (missing.length > 0 && problems.length === 0) problems.push(...missingProblems(missing, signature.parameters, callee));

  return {
    others,
    problems,
    get(name) {
      const value = values.get(name);
      if (value !== undefined) return value;
      const parameter = signature.parameters.find(candidate => candidate.name === name);
      if (parameter?.default === undefined || mayBeHidden(parameter, call)) return absent;
      return { ...absent, value: parameter.default };
    },
  };
}

/** Whether a `*args` or `**kwargs` of unknown content may set the parameter. */
function mayBeHidden(parameter: Parameter, call: GivenArguments): boolean {
  return call.unknownKeywords || (call.unknownPositional && parameter.keywordOnly !== true);
}

function bound(argument: GivenArgument, position?: number, last = false): Bound {
  return { value: argument.value, given: true, keyword: argument.keyword, position, source: argument.source, last };
}

function misuse(callee: Callee, parameter: string | undefined, source: number | undefined, message: string, quote: string): Problem {
  return { kind: 'invalid-argument', parameter, source, message, quote, when: callee.receivers === 1 ? 'construction' : 'call' };
}

function got(callee: Callee): string {
  return callee.wording === 'tensorflow' ? 'TypeError: Got' : `TypeError: ${callee.name}() got`;
}

function tooManyText(positional: readonly Parameter[], given: number, callee: Callee): string {
  if (callee.wording === 'tensorflow') return `TypeError: Too many arguments were given. Expected ${positional.length} but got ${given}.`;
  const most = positional.length + callee.receivers;
  const least = positional.filter(parameter => parameter.default === undefined).length + callee.receivers;
  const count = given + callee.receivers;
  const range = least === most ? `${most}` : `from ${least} to ${most}`;
  return `TypeError: ${callee.name}() takes ${range} positional argument${most === 1 ? '' : 's'} but ${count} ${count === 1 ? 'was' : 'were'} given`;
}

function missingProblems(missing: readonly Parameter[], all: readonly Parameter[], callee: Callee): readonly Problem[] {
  return [false, true].flatMap(keywordOnly => {
    const names = missing.filter(parameter => (parameter.keywordOnly === true) === keywordOnly).map(parameter => parameter.name);
    if (names.length === 0) return [];
    // PyTorch lists every required parameter from the first that is missing, given or not.
    const required = all.filter(parameter => parameter.default === undefined).map(parameter => parameter.name);
    const quoted = callee.wording === 'torch' ? required.slice(required.indexOf(names[0] ?? '')) : names;
    return [misuse(callee, names[0], undefined, `${callee.name} needs ${listed(names)}.`, missingText(quoted, keywordOnly ? 'keyword-only' : 'positional', callee))];
  });
}

function missingText(names: readonly string[], kind: string, callee: Callee): string {
  const one = names.length === 1;
  switch (callee.wording) {
    case 'tensorflow': return 'TypeError: Missing required positional argument';
    // PyTorch's own plural is the wrong way round.
    case 'torch': return `TypeError: ${callee.name}() missing ${names.length} required positional argument${one ? 's' : ''}: ${names.map(name => `"${name}"`).join(', ')}`;
    default: return `TypeError: ${callee.name}() missing ${names.length} required ${kind} argument${one ? '' : 's'}: ${listed(names.map(name => `'${name}'`))}`;
  }
}

/** `a`, `a and b`, `a, b, and c`: as Python lists them. */
function listed(names: readonly string[]): string {
  if (names.length <= 2) return names.join(' and ');
  return `${names.slice(0, -1).join(', ')}, and ${names[names.length - 1] ?? ''}`;
}
