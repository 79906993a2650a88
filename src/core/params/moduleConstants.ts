import { holdsFields } from '../python/interpret/dataclasses';
import { evaluate } from '../python/interpret/evaluate';
import { importedValue } from '../python/interpret/localModules';
import type { Frame, Machine } from '../python/interpret/machine';
import { readImports } from '../python/interpret/readImports';
import type { PyValue } from '../python/interpret/value';
import { strOf } from '../python/interpret/valueText';
import { type PythonSource, textOf } from '../python/pythonSyntax';
import type { OptionSpec } from './commandSpec';
import { settingsIn } from './recordDefaults';

const maxConstants = 50;
const maxLength = 100;

/** Expressions that only put values together; a call would give an object, not a setting. */
const valueNodes =
  /^(?:Number|String|FormatString|ContinuedString|Boolean|UnaryExpression|BinaryExpression|ParenthesizedExpression|ArrayExpression|TupleExpression|VariableName)$/;
const inCapitals = /^[A-Z][A-Z\d_]*$/;
/** What holds settings by its name: `config`, `CFG`, `train_args`, `HParams`. */
const isSettingsName =
  /^(?:c|(?:\w+_)?(?:cfg|config|conf|configuration|hparams?|hyper_?params?|hyperparameters|params|parameters|args|opts?|options|settings|kwargs))$|^(?:CFG|C|(?:\w+)?(?:Config|Configuration|HParams|Hyperparameters|Params|Args|Settings|Options))$/i;
/** A module whose name says that it holds settings. */
const holdsSettings =
  /(?:^|[._])(?:config|configs|cfg|conf|settings?|hparams|hyper_?params?|hyperparameters|params|parameters|constants|options|opts)$/i;

/**
 * What a module assigns on its top level, and does not change later, where it is a number, a yes or
 * no, a short word or a list of those: the weakest sign of a param. Also what it takes of that from
 * modules of the user's own: `from settings import LR`. With `onlyCapitals`, names in capitals alone.
 */
export function moduleConstants(
  source: PythonSource,
  machine: Machine,
  onlyCapitals: boolean,
): OptionSpec[] {
  const frame: Frame = { machine, source, scope: machine.module, returns: [] };
  const constants = assignedConstants(frame, onlyCapitals);
  for (const [key, text] of [...heldSettings(frame, onlyCapitals), ...importedConstants(frame)]) {
    if (!constants.has(key)) constants.set(key, text);
  }
  return [...constants]
    .slice(0, maxConstants)
    .map(([key, text]) => ({ key, flags: [], takes: 0, default: text }));
}

function assignedConstants(frame: Frame, onlyCapitals: boolean): Map<string, string> {
  const { source, scope } = frame;
  const constants = new Map<string, string>();
  const { topNode } = source.tree;
  for (let node = topNode.firstChild; node !== null; node = node.nextSibling) {
    if (constants.size >= maxConstants) break;
    if (node.name !== 'AssignStatement') continue;
    const [target, value] = [node.firstChild, node.lastChild];
    if (target?.name !== 'VariableName' || value === null || !valueNodes.test(value.name)) continue;
    const key = textOf(target, source);
    if (key.startsWith('_') || (onlyCapitals && !inCapitals.test(key))) continue;
    const text = constantText(scope.names.get(key));
    if (text === undefined) continue;
    // A counter is no setting: what it was given here is not what it came to.
    if (strOf(evaluate(value, frame)) === text) constants.set(key, text);
  }
  return constants;
}

/** `config = {…}`, `cfg.lr = …`, `class CFG: lr = …`: as they are when the module is done. */
function heldSettings(frame: Frame, onlyCapitals: boolean): [string, string][] {
  const { source, scope } = frame;
  const names = new Set<string>();
  const { topNode } = source.tree;
  for (let node = topNode.firstChild; node !== null; node = node.nextSibling) {
    const name = node.name === 'ClassDefinition' ? node.getChild('VariableName') : node.firstChild;
    if (!/^(?:ClassDefinition|AssignStatement)$/.test(node.name)) continue;
    if (name?.name === 'VariableName') names.add(textOf(name, source));
  }
  return [...names].flatMap((name) => {
    if (!isSettingsName.test(name) || (onlyCapitals && !inCapitals.test(name))) return [];
    const value = scope.names.get(name);
    const held = value === undefined ? undefined : settingsOf(value, name);
    return (held ?? []).flatMap(({ key, default: text }): [string, string][] =>
      text === undefined || !isShort(text) ? [] : [[key, text]],
    );
  });
}

/** A class that is no more than a bag of settings is one as well. */
function settingsOf(value: PyValue, name: string): OptionSpec[] | undefined {
  if (value.kind !== 'class') return settingsIn(value, name);
  if (holdsFields(value) || value.bases.length > 0) return undefined;
  const entries = [...value.attributes].filter(
    ([key, each]) => !key.startsWith('_') && isPlain(each),
  );
  return entries.map(([key, each]) => ({
    key: `${name}.${key}`,
    flags: [],
    takes: 0,
    default: strOf(each) ?? '',
  }));
}

function importedConstants(frame: Frame): [string, string][] {
  const { source, scope, machine } = frame;
  const found: [string, string][] = [];
  const add = (key: string, value: PyValue | undefined): void => {
    const text = constantText(value);
    if (text !== undefined) found.push([key, text]);
  };
  const { topNode } = source.tree;
  for (let node = topNode.firstChild; node !== null; node = node.nextSibling) {
    if (node.name !== 'ImportStatement') continue;
    for (const imported of readImports(node, source)) {
      const { name, module, item } = imported;
      if (item !== undefined && item !== '*') {
        if (inCapitals.test(item)) add(name, importedValue(imported, frame));
        continue;
      }
      const local = machine.modules?.load(module, scope, machine);
      if (local === undefined || (item === undefined && !holdsSettings.test(module))) continue;
      const inside: Frame = { ...frame, source: local.source, scope: local.scope };
      for (const [key, text] of assignedConstants(inside, item === '*')) {
        found.push([item === '*' ? key : `${name}.${key}`, text]);
      }
    }
  }
  return found;
}

function constantText(value: PyValue | undefined): string | undefined {
  const text = value === undefined || !isPlain(value) ? undefined : strOf(value);
  return text !== undefined && isShort(text) ? text : undefined;
}

function isShort(text: string): boolean {
  return text.length <= maxLength && !/[\n\t]|\s\s/.test(text);
}

function isPlain(value: PyValue): boolean {
  switch (value.kind) {
    case 'bool':
    case 'int':
    case 'float':
      return true;
    case 'str':
      return value.value !== '' && !/\s/.test(value.value.trim());
    case 'list':
    case 'tuple':
      return (
        value.items.length > 0 &&
        value.items.every(({ kind }) => /^(?:bool|int|float|str)$/.test(kind))
      );
    default:
      return false;
  }
}
