import {
  madeText,
  maxItems,
  maxTextLength,
  type PyNumber,
  type PySequence,
  type PyValue,
  pyBool,
  pyFloat,
  pyInt,
  pyStr,
  unknown,
} from './value';
import { enumValue, reprOf, strOf } from './valueText';

export function negate(value: PyValue): PyValue {
  const number = asNumber(value);
  if (number === undefined) return unknown;
  return number.kind === 'int' ? pyInt(0 - number.value) : pyFloat(-number.value);
}

/** Python's binary operators on numbers, texts, lists and paths. */
export function applyOperator(left: PyValue, operator: string, right: PyValue): PyValue {
  const [a, b] = [asNumber(left), asNumber(right)];
  if (a !== undefined && b !== undefined) return calculate(a, operator, b);
  if (operator === '+') return concatenate(left, right);
  if (operator === '*') return b === undefined ? repeat(right, a) : repeat(left, b);
  if (operator === '%' && left.kind === 'str') return format(left.value, right);
  if (operator === '/') return joinPath(left, right);
  if (operator === '|' && (isType(left) || isType(right))) {
    return { kind: 'generic', base: { kind: 'imported', path: 'Union' }, arguments: [left, right] };
  }
  return unknown;
}

function isType({ kind }: PyValue): boolean {
  return kind === 'builtin' || kind === 'class' || kind === 'generic' || kind === 'imported';
}

function asNumber(value: PyValue): PyNumber | undefined {
  if (value.kind === 'bool') return { kind: 'int', value: Number(value.value) };
  return value.kind === 'int' || value.kind === 'float' ? value : undefined;
}

function calculate({ kind, value: a }: PyNumber, operator: string, right: PyNumber): PyValue {
  const b = right.value;
  const make = kind === 'int' && right.kind === 'int' ? pyInt : pyFloat;
  const isInt = make === pyInt;
  switch (operator) {
    case '+':
      return make(a + b);
    case '-':
      return make(a - b);
    case '*':
      return make(a * b);
    case '/':
      return b === 0 ? unknown : pyFloat(a / b);
    case '//':
      return b === 0 ? unknown : make(Math.floor(a / b));
    case '%':
      return b === 0 ? unknown : make(a - b * Math.floor(a / b));
    case '**':
      return isInt && b >= 0 ? pyInt(a ** b) : pyFloat(a ** b);
    case '<<':
      return isInt && b >= 0 ? pyInt(a * 2 ** b) : unknown;
    case '>>':
      return isInt && b >= 0 ? pyInt(Math.floor(a / 2 ** b)) : unknown;
    default:
      return unknown;
  }
}

function concatenate(left: PyValue, right: PyValue): PyValue {
  if (left.kind === 'str' && right.kind === 'str') return madeText(left.value + right.value);
  if ((left.kind === 'list' || left.kind === 'tuple') && left.kind === right.kind) {
    return joinSequences(left, right);
  }
  return unknown;
}

function joinSequences(left: PySequence, right: PySequence): PyValue {
  if (left.isUncertain || right.isUncertain) return unknown;
  if (left.items.length + right.items.length > maxItems) return unknown;
  return { kind: left.kind, items: [...left.items, ...right.items] };
}

function repeat(value: PyValue, times: PyNumber | undefined): PyValue {
  if (times?.kind !== 'int') return unknown;
  const count = Math.max(0, times.value);
  if (value.kind === 'str') {
    return value.value.length * count <= maxTextLength ? pyStr(value.value.repeat(count)) : unknown;
  }
  if (value.kind !== 'list' && value.kind !== 'tuple') return unknown;
  if (value.isUncertain || value.items.length * count > maxItems) return unknown;
  return { kind: value.kind, items: Array.from({ length: count }, () => value.items).flat() };
}

function joinPath(left: PyValue, right: PyValue): PyValue {
  if (left.kind !== 'path' && right.kind !== 'path') return unknown;
  const [a, b] = [strOf(left), strOf(right)];
  if (a === undefined || b === undefined || !isPathLike(left) || !isPathLike(right)) return unknown;
  return { kind: 'path', value: joinPaths([a, b]).replace(/^\.\//, '') };
}

function isPathLike({ kind }: PyValue): boolean {
  return kind === 'path' || kind === 'str';
}

/** As `os.path.join` on POSIX. */
export function joinPaths(parts: readonly string[]): string {
  return parts.reduce((path, part) => {
    if (part.startsWith('/')) return part;
    return path === '' || path.endsWith('/') ? path + part : `${path}/${part}`;
  });
}

/** `%` formatting with the plain `%s`, `%d` and `%%`. */
function format(template: string, value: PyValue): PyValue {
  const values = value.kind === 'tuple' ? [...value.items] : [value];
  let isKnown = true;
  const text = template.replace(/%(.?)/g, (_, type: string) => {
    if (type === '%') return '%';
    const next = values.shift();
    const part = next === undefined || (type !== 's' && type !== 'd') ? undefined : strOf(next);
    if (part === undefined || (type === 'd' && next?.kind !== 'int')) isKnown = false;
    return part ?? '';
  });
  return isKnown ? madeText(text) : unknown;
}

export function compare(left: PyValue, operator: string, right: PyValue): PyValue {
  switch (operator) {
    case '==':
    case 'is':
      return toBool(areEqual(left, right), false);
    case '!=':
    case 'is not':
      return toBool(areEqual(left, right), true);
    case 'in':
      return toBool(isIn(left, right), false);
    case 'not in':
      return toBool(isIn(left, right), true);
    default:
      return order(left, operator, right);
  }
}

function toBool(value: boolean | undefined, isNegated: boolean): PyValue {
  return value === undefined ? unknown : pyBool(value !== isNegated);
}

/** Undefined if that is not known. */
export function areEqual(left: PyValue, right: PyValue): boolean | undefined {
  const [a, b] = [asNumber(left), asNumber(right)];
  if (a !== undefined && b !== undefined) return a.value === b.value;
  const [leftText, rightText] = [comparable(left), comparable(right)];
  if (leftText === undefined || rightText === undefined) return undefined;
  return leftText === rightText;
}

function comparable(value: PyValue): string | undefined {
  const member = enumValue(value);
  if (member !== undefined) return `enum ${reprOf(member)}`;
  return reprOf(value);
}

function isIn(item: PyValue, container: PyValue): boolean | undefined {
  if (container.kind === 'str') {
    return item.kind === 'str' ? container.value.includes(item.value) : undefined;
  }
  if (container.kind === 'dict') {
    const key = reprOf(item);
    return key === undefined || container.isUncertain ? undefined : container.entries.has(key);
  }
  if (container.kind !== 'list' && container.kind !== 'tuple' && container.kind !== 'set') {
    return undefined;
  }
  if (container.isUncertain) return undefined;
  const answers = container.items.map((each) => areEqual(item, each));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

function order(left: PyValue, operator: string, right: PyValue): PyValue {
  const [a, b] = [asNumber(left)?.value, asNumber(right)?.value];
  const [x, y] = left.kind === 'str' && right.kind === 'str' ? [left.value, right.value] : [a, b];
  if (x === undefined || y === undefined) return unknown;
  switch (operator) {
    case '<':
      return pyBool(x < y);
    case '<=':
      return pyBool(x <= y);
    case '>':
      return pyBool(x > y);
    case '>=':
      return pyBool(x >= y);
    default:
      return unknown;
  }
}
