import { fieldsOf, findInClass, resolutionOrder } from '../../python/classes';
import type { Site } from '../../python/machine';
import { noArguments, tuple, unknownValue, type Arguments, type InstanceValue, type Value } from '../../python/values';
import { LibraryCall } from '../call';
import { tensor } from '../values';

/**
 * Makes an object of a `flax.linen.Module` without a constructor of its own: fields become arguments, those of
 * bases first; then `setup`, which Flax puts off until the module is used, to the same effect.
 */
export function initializeFlaxModule(self: InstanceValue, given: Arguments, site: Site): void {
  const { machine } = site;
  const order = resolutionOrder(self.class);
  for (const [index, field] of fieldsOf(self.class).entries()) {
    const value = given.keywords.find(argument => argument.name === field)?.value ?? given.positional[index]?.value;
    if (value !== undefined) machine.setAttribute(self, field, value);
    else if (given.unknownKeywords || given.unknownPositional || findInClass(order, field) === undefined) machine.setAttribute(self, field, unknownValue);
  }
  for (const name of ['__post_init__', 'setup']) {
    const method = findInClass(order, name)?.value;
    if (method?.kind === 'function') machine.call({ kind: 'method', self, function: method }, noArguments, site.node, site.call);
  }
}

/**
 * Methods that run a module of linen: `init(key, x)`, `apply(variables, x)` and the like. The first argument is
 * not the module's, nor are the keywords that are about the run. `undefined`: none of these.
 */
export function flaxMethod(self: Value, name: string, given: Arguments, site: Site): Value | undefined {
  switch (name) {
    case 'apply': {
      const result = run(self, given, site);
      const mutable = given.keywords.find(argument => argument.name === 'mutable')?.value;
      const changes = mutable === undefined ? given.unknownKeywords ? undefined : false : site.machine.truth(mutable);
      return changes === undefined ? unknownValue : changes ? tuple([result, unknownValue]) : result;
    }
    case 'init': case 'lazy_init': case 'tabulate': run(self, given, site); return unknownValue;
    case 'init_with_output': return tuple([run(self, given, site), unknownValue]);
    case 'bind': case 'clone': case 'copy': return self;
    case 'param': {
      const shape = new LibraryCall(given, site, ['name', 'init_fn', 'shape']).list('shape');
      return tensor(shape);
    }
    default: return undefined;
  }
}

const aboutTheRun = new Set(['rngs', 'mutable', 'method', 'capture_intermediates', 'console_kwargs', 'depth']);

function run(self: Value, given: Arguments, site: Site): Value {
  const { machine } = site;
  const inner: Arguments = { ...given, positional: given.positional.slice(1), keywords: given.keywords.filter(argument => !aboutTheRun.has(argument.name) && argument.name !== 'variables') };
  const method = given.keywords.find(argument => argument.name === 'method')?.value;
  if (method === undefined || method.kind === 'none') return machine.call(self, inner, site.node, site.call);
  if (method.kind === 'string') return machine.call(machine.attribute(self, method.value), inner, site.node, site.call);
  // `method=Model.decode`, or the same of an object.
  const plain = method.kind === 'method' ? method.function : method;
  return plain.kind === 'function' ? machine.call({ kind: 'method', self, function: plain }, inner, site.node, site.call) : unknownValue;
}
