import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ImportRequest } from '../../core/python/importRequests';
import { isStandardModule } from '../../core/python/standardModules';

/** Where Python would look for modules, as far as files can tell. */
export interface ModuleRoots {
  /** The first of `sys.path`: the script's folder, or the working directory of `python -m`. */
  readonly first: string;
  /** What comes behind the standard library: the working directory, the project, its `src`. */
  readonly others: readonly string[];
}

/**
 * Finds the files that a request loads: the module, the `__init__.py` of every package above it, and
 * the names that `from` takes where they are modules. Empty for what lies elsewhere.
 */
export class ModuleFinder {
  readonly #kinds = new Map<string, Promise<'file' | 'folder' | 'other'>>();

  async find(
    request: ImportRequest,
    file: string,
    roots: ModuleRoots,
    exportedBy: (initFile: string) => Promise<readonly string[]>,
  ): Promise<readonly string[]> {
    const parts = request.module === '' ? [] : request.module.split('.');
    if (request.level > 0) {
      let base = dirname(file);
      for (let level = 1; level < request.level; level++) base = dirname(base);
      return (await this.#findBelow(base, parts, request.names, exportedBy)) ?? [];
    }
    const bases = isStandardModule(request.module) ? [roots.first] : [roots.first, ...roots.others];
    for (const base of bases) {
      const found = await this.#findBelow(base, parts, request.names, exportedBy);
      if (found !== undefined) return found;
    }
    return [];
  }

  /** @returns undefined if there is no such module below `base`. */
  async #findBelow(
    base: string,
    parts: readonly string[],
    names: readonly string[],
    exportedBy: (initFile: string) => Promise<readonly string[]>,
  ): Promise<readonly string[] | undefined> {
    const files: string[] = [];
    let folder = base;
    for (const [index, part] of parts.entries()) {
      const packageFolder = join(folder, part);
      const init = join(packageFolder, '__init__.py');
      const module = `${packageFolder}.py`;
      if ((await this.#kindOf(init)) === 'file') {
        files.push(init);
      } else if ((await this.#kindOf(module)) === 'file') {
        files.push(module);
        // What follows is a name in it, or an error that the program will tell itself.
        return files;
      } else if ((await this.#kindOf(packageFolder)) !== 'folder') {
        return index === 0 ? undefined : files;
      }
      folder = packageFolder;
    }
    if (parts.length === 0) {
      const init = join(folder, '__init__.py');
      if ((await this.#kindOf(init)) === 'file') files.push(init);
    }
    files.push(...(await this.#findNames(folder, names, files.at(-1), exportedBy)));
    // A folder without any module that was asked for is no package.
    return files.length === 0 ? undefined : files;
  }

  async #findNames(
    folder: string,
    names: readonly string[],
    initFile: string | undefined,
    exportedBy: (initFile: string) => Promise<readonly string[]>,
  ): Promise<readonly string[]> {
    const files: string[] = [];
    const listed = names.includes('*') && initFile !== undefined ? await exportedBy(initFile) : [];
    for (const name of [...names, ...listed]) {
      if (!/^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u.test(name)) continue;
      const init = join(folder, name, '__init__.py');
      const module = join(folder, `${name}.py`);
      if ((await this.#kindOf(init)) === 'file') files.push(init);
      else if ((await this.#kindOf(module)) === 'file') files.push(module);
    }
    return files;
  }

  #kindOf(path: string): Promise<'file' | 'folder' | 'other'> {
    let kind = this.#kinds.get(path);
    if (kind === undefined) {
      kind = stat(path).then(
        (found) => (found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other'),
        () => 'other' as const,
      );
      this.#kinds.set(path, kind);
    }
    return kind;
  }
}
