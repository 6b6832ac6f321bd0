import type { Files, KnownFiles } from './files';
import { parseCell, type ParsedCell } from './parse';
import { prepareFile } from './prepare';
import { newScope, type Scope } from './scope';
import type { Statement } from './syntax';
import { ModuleCells, type Trail } from './trail';
import { limits } from './limits';
import { ModuleOrder, partsOfModule, type ModulePart } from './moduleOrder';
import { modulePaths } from './modulePaths';

/** A module of the workspace. Its statements are run when somebody looks at a name that needs them. */
export interface Module {
  readonly path: string;
  readonly scope: Scope & { readonly cells: ModuleCells };
}

/** Finds and loads the modules of the workspace that the source imports. */
export class Modules {
  /** Whether some module was left out because there are too many. */
  cutOff = false;

  private readonly modules = new Map<string, Module>();
  private readonly found = new Map<string, string | undefined>();
  private readonly loaded = new Map<string, ModuleOrder>();
  private files: KnownFiles | undefined;
  /** The source under analysis is there, whether or not the files have it. */
  private ownPath = '';

  /**
   * @param begin is told of a module before any of its statements is run.
   * @param run runs a statement of a module.
   */
  constructor(
    private readonly trail: Trail,
    private readonly begin: (module: Module, parts: readonly ModulePart[]) => void,
    private readonly run: (module: Module, statement: Statement) => void,
  ) {}

  /** A new version of the source: files may have changed. `own` is the path of the source itself. */
  restart(files: KnownFiles, own: Module): void {
    this.files = files;
    this.found.clear();
    this.loaded.clear();
    this.cutOff = false;
    this.ownPath = own.path;
    this.modules.delete(own.path);
    this.modules.set(own.path, own);
    this.loaded.set(own.path, new ModuleOrder([], () => undefined));
  }

  /**
   * The module that an import names.
   * @param from the path of the file with the import.
   * @param name `models.unet`, without the dots of a relative import.
   * @param level the number of those dots.
   */
  find(from: string, name: string, level: number): Module | undefined {
    const key = `${from}|${level}|${name}`;
    let path = this.found.get(key);
    if (path === undefined && !this.found.has(key)) {
      path = modulePaths(from, name, level).find(candidate => candidate === this.ownPath || this.files?.read(candidate) !== undefined);
      this.found.set(key, path);
    }
    if (path === undefined) return undefined;
    const known = this.modules.get(path);
    if (known !== undefined) return known;
    const place = path;
    const cells = new ModuleCells(this.trail, needed => { this.load(module)?.need(needed); });
    const module: Module = { path: place, scope: { ...newScope('module', cells, undefined), cells, path: place } };
    this.modules.set(place, module);
    return module;
  }

  private load(module: Module): ModuleOrder | undefined {
    const known = this.loaded.get(module.path);
    if (known !== undefined) return known;
    if (this.loaded.size >= limits.modules) {
      this.cutOff = true;
      return undefined;
    }
    const text = this.files?.read(module.path);
    const parsed = text === undefined || this.files === undefined ? undefined : parsedModule(this.files.all, module.path, text);
    const parts = partsOfModule(parsed?.memory?.pieces ?? []);
    const order = new ModuleOrder(parts, statement => { this.run(module, statement); });
    // Before any of it runs: modules may import each other.
    this.loaded.set(module.path, order);
    this.begin(module, parts);
    order.begin();
    return order;
  }
}

const parsed = new WeakMap<Files, Map<string, ParsedCell>>();

/** The text of a module, parsed once for everybody who reads the same files. */
export function parsedModule(files: Files, path: string, text: string): ParsedCell {
  let known = parsed.get(files);
  if (known === undefined) parsed.set(files, known = new Map());
  const before = known.get(path);
  if (before?.text === text) return before;
  const cell = parseCell(text, prepareFile(text), 0, before?.memory, path);
  known.set(path, cell);
  return cell;
}
