import type { ModuleFile, ModuleFinder } from '../python/interpret/localModules';
import { folderOf, isAbsolutePath, joinPath, type ProjectFiles } from './config/projectFiles';

/**
 * Finds modules as Python does: in the script's own folder and those that it adds to `sys.path`, in the
 * folder that it runs in, and in `src` of that.
 */
export function createModuleFinder(
  files: ProjectFiles,
  folder: string | undefined,
  scriptPath: string,
): ModuleFinder {
  const roots = [folderOf(scriptPath)];
  if (folder !== undefined) roots.push(folder, joinPath(folder, 'src'));
  const readAt = (base: string): ModuleFile | undefined => {
    for (const path of [`${base}.py`, `${base}/__init__.py`]) {
      const text = files.readModule(path);
      if (text !== undefined) return { path, text };
    }
    return undefined;
  };
  return {
    find(name, level, from) {
      const parts = name === '' ? [] : name.split('.');
      if (level > 0) {
        if (from === undefined) return undefined;
        let base = folderOf(from);
        for (let up = 1; up < level; up += 1) base = folderOf(base);
        return readAt([base, ...parts].join('/'));
      }
      for (const root of roots) {
        const found = readAt([root, ...parts].join('/'));
        if (found !== undefined) return found;
      }
      return undefined;
    },
    addFolder(added) {
      const base = folder ?? folderOf(scriptPath);
      const path = isAbsolutePath(added) ? added : joinPath(base, added);
      if (roots.length < 8 && !roots.includes(path)) roots.push(path);
    },
  };
}
