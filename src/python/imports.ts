import { limits } from './limits';
import type { Host } from './machine';
import type { Module } from './modules';
import { moduleOf, type Scope } from './scope';
import type { Unit } from './unit';
import { named, unknownValue, type ExternalValue, type ModuleValue, type Value } from './values';

/** Finds the module of the workspace that an import in the file `from` names. */
export type FindModule = (from: string, name: string, level: number) => Module | undefined;

/**
 * What imports bind. A name from the workspace is looked for when it is used, not where it is imported: most of
 * what a package imports a model never touches.
 */
export class Imports {
  private resolving = 0;
  /** Of which scopes' star imports it has been noted that work depends on them. */
  private readonly starsOf = new WeakMap<Unit, Set<Scope>>();

  /** Names that star imports have been found not to bring, in the search that is under way: modules may import one another many times over. */
  private readonly missed = new Map<Unit, Map<Scope, Set<string>>>();

  /** @param unit the work that is being done: it depends on what is found. */
  constructor(private readonly host: Host, private readonly find: FindModule, private readonly unit: () => Unit) {}

  /** `import module`; with a name, `from module import name`. */
  imported(module: string, level: number, name: string | undefined, scope: Scope): Value {
    const from = moduleOf(scope).path;
    const library = level === 0 && this.host.isLibrary(module.split('.')[0] ?? module);
    return from === undefined || library ? this.external(externalName(module, level, name)) : { kind: 'import', module, level, name, from };
  }

  /** `from module import *`. */
  importStar(module: string, level: number, scope: Scope): void {
    const star = { module, level };
    scope.stars.push(star);
    if (scope.kind === 'module') this.unit().stars.push(star);
  }

  /** The value itself, where it is one that an import has named. */
  resolve(value: Value): Value {
    if (value.kind !== 'import') return value;
    if (this.tooDeep()) return unknownValue;
    const { module, level, name, from } = value;
    this.resolving++;
    const found = this.lookFor(from, module, level);
    // A package that imports its own submodule does not have it yet.
    const itself = found?.path === from && from.endsWith('__init__.py');
    const result = name === undefined ? found && moduleValue(found)
      : (found !== undefined && !itself ? this.member(found, name) : undefined) ?? this.moduleNamed(from, module === '' ? name : `${module}.${name}`, level);
    this.resolving--;
    if (result !== undefined) return result;
    if (found !== undefined) return named(name ?? module, `import ${found.path} ${name ?? ''}`);
    const outside = this.external(externalName(module, level, name));
    return outside.kind === 'external' && level === 0 ? { ...outside, from } : outside;
  }

  /** What the star imports of a scope bring under a name. */
  starred(scope: Scope, name: string): Value | undefined {
    if (this.resolving === 0) this.missed.clear();
    const unit = this.unit();
    if (this.missed.get(unit)?.get(scope)?.has(name) === true) return undefined;
    const value = this.broughtBy(scope, name);
    if (value === undefined && this.resolving > 0) {
      const ofUnit = this.missed.get(unit) ?? new Map<Scope, Set<string>>();
      this.missed.set(unit, ofUnit.set(scope, (ofUnit.get(scope) ?? new Set()).add(name)));
    }
    return value;
  }

  private broughtBy(scope: Scope, name: string): Value | undefined {
    const from = moduleOf(scope).path;
    this.dependOnStars(scope);
    // Where a package gathers all that it has, looking for a name would read all of it.
    if (scope.stars.length > limits.starImports) return undefined;
    for (const { module, level } of [...scope.stars].reverse()) {
      if (level === 0 && this.host.exports(module, name)) return { kind: 'external', name: `${module}.${name}` };
      if (from === undefined || name.startsWith('_') || this.tooDeep()) continue;
      this.resolving++;
      const found = this.lookFor(from, module, level);
      const value = found === undefined ? undefined : this.member(found, name);
      this.resolving--;
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** Star imports may come and go, here or in another file. */
  private dependOnStars(scope: Scope): void {
    const unit = this.unit();
    const noted = this.starsOf.get(unit) ?? new Set();
    if (noted.has(scope)) return;
    this.starsOf.set(unit, noted.add(scope));
    // Nothing is spared that check after a star import has come or gone.
    unit.dependsOn(() => scope.stars.map(({ module, level }) => '.'.repeat(level) + module).join(), []);
  }

  /** `module.name`, for a module of the workspace. */
  moduleAttribute({ module }: ModuleValue, name: string): Value {
    return this.member(module, name)
      ?? (module.path.endsWith('/__init__.py') ? this.moduleNamed(module.path, name, 1) : undefined)
      ?? named(name, `import ${module.path} ${name}`);
  }

  /** `object.name`, for something outside; or for a directory of the workspace, which an import without its modules names. */
  externalAttribute(object: ExternalValue, name: string): Value {
    const qualified = `${object.name}.${name}`;
    if (object.from === undefined) return this.external(qualified);
    return this.moduleNamed(object.from, qualified, 0) ?? { ...object, name: qualified };
  }

  private member(module: Module, name: string): Value | undefined {
    const value = module.scope.cells.get(name);
    return value === undefined ? this.starred(module.scope, name) : this.resolve(value);
  }

  private moduleNamed(from: string, name: string, level: number): Value | undefined {
    const found = this.lookFor(from, name, level);
    return found && moduleValue(found);
  }

  private lookFor(from: string, name: string, level: number): Module | undefined {
    // Which files there are changes between runs only.
    return this.unit().dependsOn(() => this.find(from, name, level), []);
  }

  /** Whether names have been passed on from module to module more often than is followed; or in a circle. */
  private tooDeep(): boolean {
    if (this.resolving <= limits.importDepth) return false;
    this.unit().cutOff = true;
    return true;
  }

  private external(name: string): Value {
    return this.host.constant(name) ?? { kind: 'external', name };
  }
}

function moduleValue(module: Module): Value {
  return { kind: 'module', module };
}

/** `torch.nn`; a relative one with its dots, which name nothing outside. */
function externalName(module: string, level: number, name: string | undefined): string {
  return ['.'.repeat(level) + module, ...name === undefined ? [] : [name]].join('.');
}
