import { itemsOf } from '../../python/interpret/callValue';
import type { Library, Machine } from '../../python/interpret/machine';
import { builtin, none, type PyValue, pyStr, unknown } from '../../python/interpret/value';
import { asDefaults, toConfig } from '../config/pythonValue';
import { argumentAt, type Findings, pathTextOf, textOf } from '../findings';
import type { StoredConfig } from '../hydra/hydraRepository';

/** Hydra: which configuration a program names, and the structured ones that it stores itself. */
export function createHydra(findings: Findings): Library {
  const stored: StoredConfig[] = [];
  let folder: string | undefined;
  return (path) => {
    switch (path) {
      case 'omegaconf.MISSING':
        return pyStr('???');
      case 'hydra.main':
        return builtin(path, (args) => {
          const name = textOf(argumentAt(args, 'config_name', 1));
          const place = pathTextOf(argumentAt(args, 'config_path', 0));
          if (name !== undefined)
            findings.configs.push({ kind: 'hydra', name, ...at(place), stored });
          return unknown;
        });
      case 'hydra.initialize':
      case 'hydra.initialize_config_dir':
        return builtin(path, (args) => {
          folder = pathTextOf(
            args.keywords.get('config_dir') ?? argumentAt(args, 'config_path', 0),
          );
          return unknown;
        });
      case 'hydra.compose':
        return builtin(path, (args) => {
          const name = textOf(argumentAt(args, 'config_name', 0));
          const given = itemsOf(argumentAt(args, 'overrides', 1) ?? none) ?? [];
          const overrides = given.flatMap((each) => textOf(each) ?? []);
          if (name !== undefined) {
            findings.configs.push({ kind: 'hydra', name, ...at(folder), stored, overrides });
          }
          return unknown;
        });
      case 'hydra.core.config_store.ConfigStore':
        return {
          kind: 'object',
          payload: { configStore: true },
          attribute: (name) => (name === 'instance' ? storeMaker(stored) : unknown),
        };
      case 'hydra.core.config_store.ConfigStore.instance':
        return storeMaker(stored);
      default:
        return undefined;
    }
  };
}

function at(folder: string | undefined): { readonly folder?: string } {
  return folder === undefined ? {} : { folder };
}

function storeMaker(stored: StoredConfig[]): PyValue {
  const store = builtin('store', (args, machine) => {
    const name = textOf(argumentAt(args, 'name', 0));
    const node = argumentAt(args, 'node', 1);
    const content = node && contentOf(node, machine);
    if (name === undefined || content === undefined) return none;
    stored.push({
      group: textOf(argumentAt(args, 'group', 2)) ?? '',
      name: name.replace(/\.yaml$/, ''),
      content,
      package: textOf(argumentAt(args, 'package', 3)),
    });
    return none;
  });
  return builtin('instance', () => ({
    kind: 'object',
    payload: { configStore: true },
    attribute: (name) => (name === 'store' ? store : unknown),
  }));
}

function contentOf(node: PyValue, machine: Machine): StoredConfig['content'] | undefined {
  const config = toConfig(node, machine);
  return config?.kind === 'map' ? asDefaults(config) : undefined;
}
