import { evaluate } from '../python/interpret/evaluate';
import type { Frame, Machine } from '../python/interpret/machine';
import type { PyValue } from '../python/interpret/value';
import { strOf } from '../python/interpret/valueText';
import { type PythonSource, textOf } from '../python/pythonSyntax';
import type { OptionSpec } from './commandSpec';

const maxConstants = 50;
const maxLength = 100;

/** Expressions that only put values together; a call would give an object, not a setting. */
const valueNodes =
  /^(?:Number|String|FormatString|ContinuedString|Boolean|UnaryExpression|BinaryExpression|ParenthesizedExpression|ArrayExpression|TupleExpression|VariableName)$/;

/**
 * What a module assigns on its top level, and does not change later, where it is a number, a yes or
 * no, a short word or a list of those: the weakest sign of a param. With `onlyCapitals`, names in
 * capitals alone.
 */
export function moduleConstants(
  source: PythonSource,
  machine: Machine,
  onlyCapitals: boolean,
): OptionSpec[] {
  const frame: Frame = { machine, source, scope: machine.module, returns: [] };
  const constants = new Map<string, string>();
  const { topNode } = source.tree;
  for (let node = topNode.firstChild; node !== null; node = node.nextSibling) {
    if (constants.size >= maxConstants) break;
    if (node.name !== 'AssignStatement') continue;
    const [target, value] = [node.firstChild, node.lastChild];
    if (target?.name !== 'VariableName' || value === null || !valueNodes.test(value.name)) continue;
    const key = textOf(target, source);
    if (key.startsWith('_') || (onlyCapitals && !/^[A-Z][A-Z\d_]*$/.test(key))) continue;
    const now = machine.module.names.get(key);
    const text = now === undefined || !isPlain(now) ? undefined : strOf(now);
    if (text === undefined || text.length > maxLength || /[\n\t]|\s\s/.test(text)) continue;
    // A counter is no setting: what it was given here is not what it came to.
    if (strOf(evaluate(value, frame)) === text) constants.set(key, text);
  }
  return [...constants].map(([key, text]) => ({ key, flags: [], takes: 0, default: text }));
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
