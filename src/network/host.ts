import { apis, findApi } from '../frameworks/index';
import type { ReadingOptions } from '../frameworks/api';
import { truth as plainTruth } from '../python/arithmetic';
import { findInClass, importedBases, resolutionOrder } from '../python/classes';
import type { Host, Machine, Site } from '../python/machine';
import type { Node } from '../python/syntax';
import {
  integer, noArguments, noneValue, string, unknownValue,
  type Arguments, type ExternalMethodValue, type FunctionValue, type HostValue, type InstanceValue, type Value,
} from '../python/values';
import type { Scope } from '../python/scope';
import type { Parameter } from '../python/syntax';
import { changeable, isChanged } from './changedLayer';
import { joined } from './choice';
import type { NetworkContext } from './context';
import { flaxMethod, initializeFlaxModule } from './jax/modules';
import { modelMethod } from './keras/models';
import { canonicalName, isLibrary, isLibrarySubclass, lacksAttribute, libraryConstant } from './libraries';
import { isInstanceOf, isSameName } from './libraryTypes';
import { numbersMethod, plainNumber } from './numpy/numbers';
import { observedLayer } from './observedLayer';
import { isLayer, makeLayer, operations } from './operations';
import { operated, subscripted } from './operators';
import { Page } from './page';
import { chainable } from './pytorch/containers';
import { children } from './pytorch/modules';
import { tensorAttribute, tensorMethod } from './pytorch/tensorMethods';
import { applyToInput } from './summary';
import { scopeOf } from './tensorflow/argumentScope';
import { getShape } from './tensorflow/functions';
import { encoderImport } from './torchvision/encoders';
import { transposedCall } from './transposedCall';
import { asTensor, hostValue, networkObject, tensor } from './values';

/** What the interpreter asks about deep-learning libraries. */
export class LibraryHost implements Host {
  constructor(
    private readonly options: ReadingOptions,
    private readonly context: NetworkContext,
  ) {
    context.implied.onImplied = (key, implied) => { context.page.tensors.implied(key, implied); };
  }

  restart(): void {
    this.setting = this.options.imageDataFormat ?? '';
  }

  get setting(): string {
    return this.context.channelsFirst ? 'channels_first' : '';
  }

  set setting(format: string) {
    this.context.channelsFirst = format === 'channels_first';
  }

  get page(): object {
    return this.context.page;
  }

  set page(page: object) {
    if (page instanceof Page) this.context.page = page;
  }

  newPage(): object {
    return new Page();
  }

  isLibrary(name: string): boolean {
    return isLibrary(name);
  }

  exports(module: string, name: string): boolean {
    const written = `${module}.${name}`;
    const qualified = canonicalName(written);
    return (qualified === 'keras.version' && this.options.kerasVersion === 3) || findApi(written) !== undefined || findApi(qualified) !== undefined || operations.has(qualified) || isLayer(qualified) || modulePaths.has(written);
  }

  constant(name: string): Value | undefined {
    return canonicalName(name) === 'keras.__version__' ? this.kerasVersion() : libraryConstant(name);
  }

  private kerasVersion(): Value {
    return string(`${this.options.kerasVersion}.0.0`);
  }

  call(name: string, given: Arguments, site: Site): Value {
    const qualified = canonicalName(name);
    const api = findApi(name) ?? findApi(qualified);
    if (api !== undefined) return changeable(transposedCall(api, given, site, this.options, this.context), site.machine);
    const encoder = encoderImport(qualified);
    if (encoder !== undefined) return site.machine.call(site.machine.imports.resolve(encoder), given, site.node, site.call);
    const made = (qualified === 'keras.version' ? this.kerasVersion() : operations.get(qualified)?.(given, site, this.context))
      ?? this.layer(qualified, given, site)
      ?? applyToInput(qualified, given, site)
      ?? unknownValue;
    const input = networkObject(made)?.type === 'layer' ? this.context.declared.ofApplied(site.call, undefined, site) : undefined;
    if (input !== undefined) site.machine.call(made, { positional: [{ value: hostValue(input), source: undefined }], keywords: [], unknownPositional: false, unknownKeywords: false }, site.node);
    return changeable(made, site.machine);
  }

  callValue(value: HostValue, given: Arguments, site: Site): Value {
    const object = networkObject(value);
    if (object?.type !== 'layer') return unknownValue;
    return value.cells !== undefined && isChanged(value.cells) ? tensor(undefined) : object.call(given, site);
  }

  callMethod(method: ExternalMethodValue, given: Arguments, site: Site): Value | undefined {
    const object = networkObject(method.self);
    if (object?.type === 'layer') {
      if (object.name.startsWith('flax.linen.')) return flaxMethod(method.self, method.name, given, site);
      return object.method?.(method.name, given, site)
        ?? (method.self.kind === 'host' && (method.name === 'forward' || method.name === 'call') ? this.callValue(method.self, given, site) : chainable.has(method.name) ? method.self : undefined);
    }
    if (method.self.kind === 'instance') return this.inheritedMethod(method.self, method.name, given, site);
    const known = this.context.implied.known(method.self)
      ?? (method.self.kind === 'unknown' ? { type: 'tensor' as const, shape: undefined, origin: undefined } : undefined);
    if (known === undefined) return undefined;
    // Something unknown may be no tensor at all: only methods that say their result's shape count.
    if (known.shape === undefined && method.self.kind === 'unknown') return chainable.has(method.name) ? method.self : unknownTensorMethod(method, given, site);
    if (method.name === 'get_shape') return getShape(known);
    if (known.numbers !== undefined) {
      const typed = method.name === 'astype' || method.name === 'to';
      const whole = typed ? isIntegerType(given.positional[0]?.value) : method.name === 'int' || method.name === 'long';
      const made = given.positional.length === (typed ? 1 : 0) && given.keywords.length === 0 ? numbersMethod(site.machine, method.self, whole ? 'astype.int' : method.name) : undefined;
      if (made !== undefined) return made;
    }
    return tensorMethod(known, method.self, method.name, given, site);
  }

  attribute(value: HostValue | InstanceValue, name: string): Value | undefined {
    const object = networkObject(value);
    if (object?.type === 'tensor') return tensorAttribute(object, name);
    if (object?.type === 'layer') return object.attribute?.(name);
    // The layers of a module by name, which are attributes, too.
    if (name === '_modules' && value.kind === 'instance' && importedBases(value.class).some(base => canonicalName(base) === 'torch.nn.Module')) return { kind: 'namespace', of: value };
    const base = value.kind === 'instance' ? networkObject(value.cells.get(baseCell) ?? unknownValue) : undefined;
    return base?.type === 'layer' ? base.attribute?.(name) : undefined;
  }

  assigned(): void {
    // Modules find their layers through attributes; nothing depends on the moment of assignment.
  }

  join(left: Value, right: Value, machine: Machine): Value | undefined {
    return joined(left, right, machine, this.context);
  }

  callMethodName(bases: readonly string[]): string | undefined {
    if (bases.some(base => /keras|tensorflow/.test(base))) return 'call';
    if (bases.some(base => /^(?:flax|haiku|equinox)\b/.test(base))) return '__call__';
    return bases.length > 0 ? 'forward' : undefined;
  }

  started(): void {
    this.context.implied.restart();
    this.context.page.tensors.restart();
  }

  evaluated(node: Node, value: Value): void {
    this.context.page.tensors.evaluated(node, value, this.context.implied);
    if (value.kind === 'host') this.context.page.modelLayers.evaluated(node, value);
  }

  parameter(callee: FunctionValue, parameter: Parameter, value: Value, scope: Scope, machine: Machine): Value {
    const passed = this.context.declared.parameter(callee, parameter, value, this.context.implied.known(value), scope, machine);
    const object = asTensor(passed);
    // A tensor of which nothing is known is a variable within the function, as where nobody calls it.
    if (object === undefined || object.shape !== undefined || object.like !== undefined || (passed.kind === 'host' && passed.optional === true)) return passed;
    return hostValue({ ...object, like: { key: `parameter passed${machine.fresh()} ${parameter.name}`, name: parameter.name } });
  }

  enter(value: Value): (() => void) | undefined {
    const { page } = this.context;
    const { argumentScope: around } = page;
    const scope = scopeOf(value);
    if (scope === undefined) return undefined;
    page.argumentScope = scope;
    return () => { page.argumentScope = around; };
  }

  has(value: HostValue, name: string): boolean {
    const object = networkObject(value);
    return value.optional !== true && (object?.type === 'tensor' ? ofEveryTensor.has(name) : object?.attribute?.(name) !== undefined);
  }

  number(value: HostValue): Value {
    return plainNumber(value);
  }

  variable(name: string, machine: Machine): Value | undefined {
    return this.context.declared.configuration(name, machine);
  }

  isInstance(value: Value, type: string): boolean | undefined {
    return isInstanceOf(value, canonicalName(type));
  }

  isSame(name: string, other: string | undefined): boolean | undefined {
    return isSameName(name, other);
  }

  isSubclass(name: string, base: string): boolean | undefined {
    return isLibrarySubclass(canonicalName(name), canonicalName(base));
  }

  lacks(type: string, name: string): boolean {
    return lacksAttribute(canonicalName(type), name);
  }

  truth(value: HostValue | InstanceValue): boolean | undefined {
    if (value.kind === 'host' && value.optional === true) return undefined;
    if (value.kind === 'instance' && ['__bool__', '__len__'].some(name => findInClass(resolutionOrder(value.class), name) !== undefined)) return undefined;
    const layer = value.kind === 'host' ? value : value.cells.get(baseCell);
    const object = layer === undefined ? undefined : networkObject(layer);
    if (object === undefined) return true;
    if (value.kind === 'host' && plainNumber(value) !== value) return plainTruth(plainNumber(value));
    // A container without layers is false; how many a choice has is not known.
    if (object.type !== 'layer' || 'options' in object) return undefined;
    const items = object.items === undefined ? undefined : object.items();
    return object.items === undefined || (items !== undefined && items.length > 0) ? true : items === undefined ? undefined : false;
  }

  /** Keras builds a layer or model with the shape of its first input before it is called. */
  beforeCall(instance: InstanceValue, given: Arguments, site: Site): void {
    const build = findInClass(resolutionOrder(instance.class), 'build')?.value;
    if (build?.kind !== 'function' || instance.cells.get(builtCell) !== undefined) return;
    if (this.callMethodName(importedBases(instance.class).map(canonicalName)) !== 'call') return;
    instance.cells.set(builtCell, noneValue);
    const shape = this.context.implied.known(given.positional[0]?.value)?.shape;
    const value: Value = shape === undefined ? unknownValue : { kind: 'tuple', items: shape.map(size => integer(size)) };
    site.machine.call({ kind: 'method', self: instance, function: build }, {
      positional: [{ value, source: undefined }], keywords: [], unknownPositional: false, unknownKeywords: false,
    }, site.node, site.call);
  }

  binary(operator: string, left: Value, right: Value, site: Site): Value {
    return operated(operator, left, right, site, this.context);
  }

  subscript(value: HostValue, index: Value, site: Site): Value {
    return subscripted(value, index, site);
  }

  items(value: HostValue | InstanceValue): readonly Value[] | undefined {
    if (value.kind === 'instance' && findInClass(resolutionOrder(value.class), '__iter__') !== undefined) return undefined;
    const base = value.kind === 'instance' ? value.cells.get(baseCell) : value;
    const object = base === undefined ? undefined : networkObject(base);
    return object?.type === 'layer' ? object.items?.() : object?.numbers;
  }

  /** A method that a class of the source has from an imported base. */
  private inheritedMethod(self: InstanceValue, name: string, given: Arguments, site: Site): Value | undefined {
    const bases = importedBases(self.class).map(canonicalName);
    const values = given.positional.map(argument => argument.value);
    const ofFlax = bases.includes('flax.linen.Module') ? flaxMethod(self, name, given, site) : undefined;
    if (ofFlax !== undefined) return ofFlax;
    switch (name) {
      case 'super.__init__': return this.initializeBase(self, bases, given, site);
      case 'super.__call__': case 'super.forward': case 'super.call': case '__call__': {
        const base = self.cells.get(baseCell);
        return base?.kind === 'host' ? this.callValue(base, given, site) : undefined;
      }
      case 'add_module': case 'register_module': case 'register_buffer': case 'register_parameter': {
        const base = self.cells.get(baseCell);
        if (base?.kind === 'host' && name === 'add_module') return this.callMethod({ kind: 'externalMethod', self: base, name }, given, site);
        const [key, value] = values;
        if (key?.kind === 'string' && value !== undefined) site.machine.setAttribute(self, key.value, value);
        return noneValue;
      }
      default: {
        if (chainable.has(name)) return self;
        if (name === 'children' && bases.includes('torch.nn.Module')) return children(self);
        const base = self.cells.get(baseCell);
        if (base === undefined && bases.includes('keras.Model')) {
          return modelMethod(name, given, site, value => site.machine.call(self, { ...noArguments, positional: [{ value, source: undefined }] }, site.node, site.call));
        }
        return base?.kind === 'host' ? this.callMethod({ kind: 'externalMethod', self: base, name }, given, site) : undefined;
      }
    }
  }

  /** `super().__init__(…)` of a class that extends a layer or container: the instance is that, too. */
  private initializeBase(self: InstanceValue, bases: readonly string[], given: Arguments, site: Site): Value {
    if (bases.includes('flax.linen.Module') && findInClass(resolutionOrder(self.class), '__init__') === undefined) {
      initializeFlaxModule(self, given, site);
      return noneValue;
    }
    for (const base of bases) {
      const api = findApi(base);
      const made = api?.form === 'layer' ? transposedCall(api, given, site, this.options, this.context)
        : ['torch.nn.Sequential', 'torch.nn.ModuleList', 'keras.Sequential'].includes(base) || (base === 'keras.Model' && given.positional.length + given.keywords.length >= 2) ? operations.get(base)?.(given, site, this.context)
        : this.layer(base, given, site);
      if (made === undefined) continue;
      self.cells.set(baseCell, made);
      break;
    }
    return noneValue;
  }

  private layer(name: string, given: Arguments, site: Site): Value | undefined {
    const made = makeLayer(name, given, site, this.context);
    return made && observedLayer(made, name, given, site, this.context);
  }
}

/** What tensors and arrays have in every framework. */
const ofEveryTensor = new Set(['shape', 'size', 'dtype', 'ndim']);

/** The cell in which an instance keeps the layer that its imported base class makes of it. */
const baseCell = '  base';
/** And whether Keras has built it. */
const builtCell = '  built';

/** `int`, `np.int64` and the like. */
function isIntegerType(value: Value | undefined): boolean {
  return (value?.kind === 'external' && /^(?:builtins\.int|(?:numpy|torch)\.u?int\d*|torch\.long|numpy\.intp)$/.test(value.name)) || (value?.kind === 'string' && /^u?int\d*$/.test(value.value));
}

/** Methods whose result has a shape that the arguments say, whatever they are called on. */
function unknownTensorMethod(method: ExternalMethodValue, given: Arguments, site: Site): Value | undefined {
  if (method.name !== 'view' && method.name !== 'reshape' && method.name !== 'size') return undefined;
  return tensorMethod({ type: 'tensor', shape: undefined, origin: undefined }, method.self, method.name, given, site);
}

/** Every module path that leads to an API: what `from keras import *` may bring in. */
const modulePaths = new Set(apis.flatMap(api => [api.name, ...api.aliases]).flatMap(name => {
  const parts = name.split('.');
  return parts.slice(1, -1).map((_, index) => parts.slice(0, index + 2).join('.'));
}));
