import { configRecord, type OnRead, recordOf } from '../../python/interpret/configRecord';
import type { Library, Machine } from '../../python/interpret/machine';
import { openedPath } from '../../python/interpret/openedFile';
import {
  builtin,
  noArguments,
  none,
  type PyObject,
  type PyValue,
  unknown,
} from '../../python/interpret/value';
import type { ConfigFormat } from '../config/configFormat';
import { argumentAt, type Findings, pathTextOf } from '../findings';

/** Calls that read a configuration file, given as a path, opened, or as its text. */
const readers: readonly (readonly [RegExp, ConfigFormat | undefined])[] = [
  [/^(?:ruamel\.)?yaml\.(?:safe_load|load|full_load|unsafe_load|load_all|safe_load_all)$/, 'yaml'],
  [/^(?:json|json5|simplejson|commentjson|ujson|orjson|hjson)\.loads?$/, 'json'],
  [/^(?:toml|tomllib|tomli|tomlkit|pytoml|rtoml)\.(?:loads?|parse)$/, 'toml'],
  [/^omegaconf\.OmegaConf\.load$/, undefined],
  [/(?:^|\.)(?:Config|LazyConfig)\.(?:fromfile|from_file|load)$/, undefined],
  [/^(?:box\.Box|munch\.Munch|dynaconf\.Dynaconf)\.from_(?:yaml|json|toml)$/, undefined],
  [/^gin\.(?:parse_config_file|parse_config_files_and_bindings|config\.parse_config_file)$/, 'gin'],
];

/** Objects that hold settings by name. */
const records =
  /^(?:ml_collections\.(?:config_dict\.)?(?:Frozen)?ConfigDict|ml_collections\.config_dict\.config_dict\.ConfigDict|yacs\.config\.CfgNode|fvcore\.common\.config\.CfgNode|detectron2\.config\.CfgNode|easydict\.EasyDict|addict\.Dict|munch\.Munch|box\.Box|dotmap\.DotMap|argparse\.Namespace|types\.SimpleNamespace|omegaconf\.(?:OmegaConf\.create|DictConfig)|mmengine\.(?:config\.)?(?:Config|ConfigDict)|ml_collections\.config_dict\.create)$/;

/** A JSON file is as often data; its name, or that of the argument that gives it, must tell. */
const isSettingsPath = /(?:conf|cfg|param|arg|hyp|opt|setting|setup|exp|train|deepspeed)/i;

/** The configuration files that a program opens, and the objects that hold settings. */
export function createConfigLibrary(findings: Findings): Library {
  const name = (value: PyValue | undefined, format: ConfigFormat | undefined): void => {
    const path = openedPath(value) ?? pathTextOf(value);
    if (path === undefined || path.length > 500 || path.includes('\n')) return;
    findings.configs.push({
      kind: 'file',
      path,
      ...(format === undefined ? {} : { format }),
      ...(format === 'json' && !isSettingsPath.test(path) ? { isDoubtful: true } : {}),
    });
  };
  const onRead: OnRead = (record, path) => {
    findings.records.add(record);
    name(path, undefined);
  };
  let logged: PyObject | undefined;
  const loggedConfig = (machine: Machine): PyObject => {
    if (logged === undefined) {
      logged = configRecord(noArguments, onRead, machine);
      const record = recordOf(logged);
      if (record !== undefined) findings.records.add(record);
    }
    return logged;
  };
  return (path) => {
    if (path === 'wandb.config') return lateObject(loggedConfig);
    if (path === 'wandb.init') {
      return builtin(path, ({ keywords }, machine) => {
        const config = loggedConfig(machine);
        const given = keywords.get('config');
        const update = config.attribute('update', machine);
        if (given !== undefined && update.kind === 'builtin') {
          update.call({ positional: [given], keywords: new Map(), isPartial: false }, machine);
        }
        return {
          kind: 'object',
          payload: {},
          attribute: (name) => (name === 'config' ? config : unknown),
        };
      });
    }
    if (records.test(path)) return recordClass(path, onRead);
    const reader = readers.find(([pattern]) => pattern.test(path));
    if (reader !== undefined) {
      const [, format] = reader;
      return builtin(path, (args) => {
        const given = argumentAt(args, 'filename', 0);
        const files = given?.kind === 'list' ? given.items : [given];
        // A text that was written down is no file.
        const isText = /loads$|parse$/.test(path);
        for (const each of files) {
          if (!isText || openedPath(each) !== undefined) name(each, format);
        }
        return unknown;
      });
    }
    if (/^configparser\.(?:\w*ConfigParser)$/.test(path)) {
      return builtin(path, () => iniReader(name));
    }
    return placeholder(path);
  };
}

/** The objects alone, for a configuration that is itself Python. */
export const recordsLibrary: Library = (path) =>
  records.test(path) ? recordClass(path, () => undefined) : placeholder(path);

function placeholder(path: string): PyValue | undefined {
  return /^ml_collections\.config_dict\.placeholder$/.test(path)
    ? builtin(path, () => none)
    : undefined;
}

/** What a program tells Weights & Biases of its settings is there from the first use on. */
function lateObject(make: (machine: Machine) => PyObject): PyObject {
  return {
    kind: 'object',
    payload: { late: true },
    attribute: (name, machine) => make(machine).attribute(name, machine),
  };
}

function recordClass(path: string, onRead: OnRead) {
  return builtin(path, (args, machine) => configRecord(args, onRead, machine));
}

function iniReader(name: (value: PyValue, format: ConfigFormat) => void): PyValue {
  return {
    kind: 'object',
    payload: { ini: true },
    attribute: (method) =>
      method !== 'read' && method !== 'read_file'
        ? unknown
        : builtin(method, ({ positional: [given] }) => {
            for (const each of given?.kind === 'list' ? given.items : [given]) {
              if (each !== undefined) name(each, 'ini');
            }
            return unknown;
          }),
  };
}
