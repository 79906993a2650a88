import { type PythonSource, parsePython } from '../pythonSyntax';
import { isStandardModule } from '../standardModules';
import type { Frame, Library, Machine } from './machine';
import { type ImportedName, joined } from './readImports';
import { runBody } from './runStatements';
import { createScope, moduleOf, type Scope } from './scope';
import { builtin, none, type PyObject, type PyValue, pyStr, unknown } from './value';

export interface ModuleFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** Finds the modules of the user's own that a program imports. */
export interface ModuleFinder {
  /**
   * @param name such as `a.b`; empty for the package itself.
   * @param level how many dots stand before it.
   * @param from path of the module that imports it.
   */
  find(name: string, level: number, from: string | undefined): ModuleFile | undefined;
  /** `sys.path` has this folder too. */
  addFolder(folder: string): void;
}

export interface LocalModule {
  readonly source: PythonSource;
  readonly scope: Scope;
  /** What `import` gives. */
  readonly value: PyObject;
}

/** A module without any of these defines no options, and is only worth its while if it is short. */
const definesOptions =
  /argparse|ArgumentParser|ArgParser|add_argument|@click\.|typer|DEFINE_\w+\(|dataclass|NamedTuple|BaseModel|BaseSettings|ConfigDict|CfgNode|@hydra|ConfigStore|\(Tap\)|Experiment\(/;
const maxShortLength = 20_000;
/** What is read by its name alone, also in the repository of the library itself. */
const libraries =
  /^(?:hydra|omegaconf|click|typer|absl|fire|tyro|jsonargparse|simple_parsing|draccus|pyrallis|pydantic|pydantic_settings|ml_collections|sacred|gin|docopt|tap|configargparse|lightning|pytorch_lightning|torch|tensorflow|keras|jax|numpy|pandas|yaml)(?:\.|$)/;
const maxModules = 40;
const maxModuleLength = 100_000;
const maxTotalLength = 300_000;
/** Work on all modules together, so that the script itself keeps its own. */
const maxSteps = 200_000;
const maxStepsEach = 50_000;

/** The modules that were loaded for one program, each once. */
export class LocalModules {
  private readonly loaded = new Map<string, LocalModule | undefined>();
  private readonly paths = new Map<Scope, string>();
  private length = 0;
  private steps = maxSteps;

  constructor(private readonly finder: ModuleFinder) {}

  setPath(scope: Scope, path: string): void {
    this.paths.set(scope, path);
  }

  addFolder(folder: string): void {
    this.finder.addFolder(folder);
  }

  /** @param asked such as `a.b`, `.b` or `.`, from the module that `scope` belongs to. */
  load(asked: string, scope: Scope, machine: Machine): LocalModule | undefined {
    const name = asked.replace(/^\.+/, '');
    const level = asked.length - name.length;
    if (level === 0 && (isStandardModule(name) || libraries.test(name))) return undefined;
    const from = this.paths.get(moduleOf(scope));
    const file = this.finder.find(name, level, from);
    if (file === undefined) return undefined;
    if (this.loaded.has(file.path)) return this.loaded.get(file.path);
    const isDirect = moduleOf(scope) === machine.module;
    const module = this.isWorthIt(file, isDirect) ? this.run(file, machine) : undefined;
    this.loaded.set(file.path, module);
    return module;
  }

  private isWorthIt({ text, path }: ModuleFile, isDirect: boolean): boolean {
    if (this.loaded.size >= maxModules || text.length > maxModuleLength) return false;
    if (this.length + text.length > maxTotalLength || this.steps <= 0) return false;
    if (definesOptions.test(text)) return true;
    return text.length <= maxShortLength && (isDirect || path.endsWith('__init__.py'));
  }

  private run({ path, text }: ModuleFile, machine: Machine): LocalModule {
    this.length += text.length;
    const source = parsePython(text);
    const scope = createScope('module');
    scope.names.set('__file__', pyStr(path));
    scope.names.set('__name__', pyStr(nameOf(path)));
    this.paths.set(scope, path);
    const module = { source, scope, value: moduleObject(scope, path.endsWith('__init__.py')) };
    // Modules may import each other: what there is of it by now is what Python would give.
    this.loaded.set(path, module);
    this.steps -= machine.apart(Math.min(maxStepsEach, this.steps), () => {
      runBody(source.tree.topNode, { machine, source, scope, returns: [] });
    });
    return module;
  }
}

function nameOf(path: string): string {
  return /([^/\\]+?)(?:[/\\]__init__)?\.py$/.exec(path)?.[1] ?? '';
}

function moduleObject(scope: Scope, isPackage: boolean): PyObject {
  return {
    kind: 'object',
    payload: scope,
    attribute(name, machine) {
      if (name === '__setattr__') {
        return builtin(name, ({ positional: [key, value] }) => {
          if (key?.kind === 'str') machine.set(scope.names, key.value, value ?? unknown);
          return none;
        });
      }
      const own = scope.names.get(name);
      if (own !== undefined || !isPackage) return own ?? unknown;
      return machine.modules?.load(`.${name}`, scope, machine)?.value ?? unknown;
    },
  };
}

/** What an import binds: of a library that is known, of a module of the user's own, or just a name. */
export function importedValue(imported: ImportedName, { machine, scope }: Frame): PyValue {
  const { path, module, item } = imported;
  const known = machine.imported(path);
  const { modules } = machine;
  if (known.kind !== 'imported' || modules === undefined) return known;
  if (item === undefined) {
    const local = modules.load(path, scope, machine);
    const inner = path === module ? undefined : modules.load(module, scope, machine);
    return local?.value ?? (inner === undefined ? known : packageObject(path, scope));
  }
  const holder = modules.load(module, scope, machine);
  const value = holder?.scope.names.get(item);
  if (value !== undefined) return value;
  const part = modules.load(joined(module, item), scope, machine);
  return part?.value ?? (holder === undefined ? known : unknown);
}

/** A folder of modules that is none itself. */
function packageObject(path: string, scope: Scope): PyObject {
  return {
    kind: 'object',
    payload: scope,
    attribute(name, machine) {
      const inner = `${path}.${name}`;
      return machine.modules?.load(inner, scope, machine)?.value ?? packageObject(inner, scope);
    },
  };
}

/** The public names that `from module import *` binds. */
export function starNames(
  { module }: ImportedName,
  { machine, scope }: Frame,
): [string, PyValue][] {
  const holder = machine.modules?.load(module, scope, machine);
  return [...(holder?.scope.names ?? [])].filter(([name]) => !name.startsWith('_'));
}

/** `sys.path`, which a program may add folders to before it imports. */
export const modulePath: Library = (path) => {
  const method = /^sys\.path\.(append|insert)$/.exec(path)?.[1];
  if (method === undefined) return undefined;
  return builtin(path, ({ positional }, machine) => {
    const folder = positional[method === 'append' ? 0 : 1];
    if (folder?.kind === 'str' || folder?.kind === 'path') machine.modules?.addFolder(folder.value);
    return none;
  });
};
