import { standardLibrary } from '../../python/interpret/builtins';
import { callValue } from '../../python/interpret/callValue';
import { dataclassLibrary } from '../../python/interpret/dataclasses';
import { LocalModules, type ModuleFinder } from '../../python/interpret/localModules';
import { Machine } from '../../python/interpret/machine';
import { runBody } from '../../python/interpret/runStatements';
import { pyStr } from '../../python/interpret/value';
import { parsePython } from '../../python/pythonSyntax';
import { recordsLibrary } from '../libraries/configLibrary';
import { type ConfigMap, emptyMap } from './configValue';
import { toConfig } from './pythonValue';

export interface PythonConfig {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  /** What `get_config` is called with: `large` of `config.py:large`. */
  readonly argument?: string | undefined;
}

/**
 * What a configuration in Python holds, by a partial evaluation: nothing of it is run, and what only
 * running it would tell is left out. The result of its `get_config` where it has one, as
 * ml_collections takes it, else what it assigns on its top level, as MMEngine and nanoGPT do.
 */
export function readPython(config: PythonConfig, finder: ModuleFinder): ConfigMap {
  const modules = new LocalModules(finder);
  const machine = new Machine([dataclassLibrary, recordsLibrary, standardLibrary], modules);
  const { names } = machine.module;
  modules.setPath(machine.module, config.path);
  names.set('__file__', pyStr(config.path));
  names.set('__name__', pyStr('config'));
  const source = parsePython(config.text);
  let result = emptyMap();
  machine.within(() => {
    runBody(source.tree.topNode, { machine, source, scope: machine.module, returns: [] });
  });
  machine.refill();
  machine.within(() => {
    const make = names.get('get_config');
    if (make?.kind === 'function') {
      const positional = config.argument === undefined ? [] : [pyStr(config.argument)];
      const made = callValue(make, { positional, keywords: new Map(), isPartial: false }, machine);
      const map = toConfig(made, machine);
      if (map?.kind === 'map') result = map;
      return;
    }
    for (const [name, value] of names) {
      if (name.startsWith('__') || /^(?:function|class|builtin)$/.test(value.kind)) continue;
      const each = toConfig(value, machine);
      if (each !== undefined) result.entries.set(name, each);
    }
  });
  return result;
}
