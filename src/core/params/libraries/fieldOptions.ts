import { classAttribute } from '../../python/interpret/classes';
import { fieldsOf, holdsFields } from '../../python/interpret/dataclasses';
import { evaluate } from '../../python/interpret/evaluate';
import type { Machine } from '../../python/interpret/machine';
import type { PyFunction, PyInstance, PyValue } from '../../python/interpret/value';
import { enumValue, strOf } from '../../python/interpret/valueText';
import type { OptionSpec } from '../commandSpec';
import { readType, type ValueType } from '../types';

/**
 * How fields become options: `dotted` keeps the path (`--optim.lr`), `flat` the name alone (`--lr`),
 * `huggingFace` is flat and knows no nesting.
 */
export type FieldStyle = 'dotted' | 'flat' | 'huggingFace';

interface Place {
  readonly name: string;
  readonly type: PyValue;
  readonly value: PyValue | undefined;
}

const maxNesting = 6;

/** The options that the fields of a class or of its instance, or a function's parameters, become. */
export function describeFields(
  of: PyValue,
  style: FieldStyle,
  machine: Machine,
  prefix = '',
  nesting = 0,
): OptionSpec[] {
  return placesOf(of, machine).flatMap(({ name, type, value }) => {
    const key = prefix !== '' && style === 'dotted' ? `${prefix}.${name}` : name;
    const read = readType(type);
    const inner = nestedIn(read, value);
    if (inner !== undefined && style !== 'huggingFace' && nesting < maxNesting) {
      return describeFields(inner, style, machine, key, nesting + 1);
    }
    return [toOption(key, read, value, style)];
  });
}

function nestedIn(type: ValueType, value: PyValue | undefined): PyValue | undefined {
  if (value?.kind === 'instance' && holdsFields(value.class)) return value;
  if (value?.kind === 'none') return undefined;
  return type.kind === 'fields' ? type.class : undefined;
}

function placesOf(of: PyValue, machine: Machine): Place[] {
  if (of.kind === 'instance') return instancePlaces(of, machine);
  if (of.kind === 'function') return parameterPlaces(of, machine);
  if (of.kind !== 'class') return [];
  if (holdsFields(of)) {
    return fieldsOf(of, machine).map((field) => ({ ...field, value: field.default }));
  }
  const init = classAttribute(of, '__init__');
  return init?.kind === 'function' ? parameterPlaces(init, machine).slice(1) : [];
}

function instancePlaces(instance: PyInstance, machine: Machine): Place[] {
  return fieldsOf(instance.class, machine).map(({ name, type }) => ({
    name,
    type,
    value: instance.attributes.get(name),
  }));
}

/** The parameters of a function that can be given by name. */
export function parameterPlaces(called: PyFunction, machine: Machine): Place[] {
  return called.parameters.flatMap((parameter) => {
    if (parameter.kind === 'rest' || parameter.kind === 'keywords') return [];
    const frame = { machine, source: called.source, scope: called.scope, returns: [] };
    const type: PyValue =
      parameter.annotation === undefined
        ? { kind: 'unknown' }
        : evaluate(parameter.annotation, frame);
    return [{ name: parameter.name, type, value: parameter.default }];
  });
}

function toOption(
  key: string,
  type: ValueType,
  value: PyValue | undefined,
  style: FieldStyle,
): OptionSpec {
  const dashed = key.replaceAll('_', '-');
  const isBoolean = type.kind === 'bool' || value?.kind === 'bool';
  const given = value === undefined ? unset(type, style) : (enumValue(value) ?? value);
  const text = given === undefined ? undefined : strOf(given);
  const names = [...new Set([key, dashed])];
  return {
    key,
    flags: names.map((name) => `--${name}`),
    ...(isBoolean ? { offFlags: names.flatMap(negated), on: 'True' } : {}),
    takes: isBoolean ? 'optional' : type.kind === 'list' ? 'any' : 1,
    // OmegaConf's mark for what must be given.
    ...(text === undefined || text === '???' ? {} : { default: text }),
  };
}

/** Source: `_parse_dataclass_field` in transformers: a bool that has no default is false. */
function unset(type: ValueType, style: FieldStyle): PyValue | undefined {
  return style === 'huggingFace' && type.kind === 'bool' && !type.isOptional
    ? { kind: 'bool', value: false }
    : undefined;
}

function negated(name: string): string[] {
  const at = name.lastIndexOf('.') + 1;
  return ['no-', 'no_'].map((no) => `--${name.slice(0, at)}${no}${name.slice(at)}`);
}
