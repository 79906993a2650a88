import { parsePython } from '../pythonSyntax';
import { callValue } from './callValue';
import { baseNames, lineage } from './classes';
import { evaluate } from './evaluate';
import type { Library, Machine } from './machine';
import {
  builtin,
  type CallArguments,
  noArguments,
  type PyClass,
  type PyInstance,
  type PyObject,
  type PyValue,
  unknown,
} from './value';

/** One annotated name of a class that holds values. */
export interface Field {
  readonly name: string;
  readonly type: PyValue;
  /** None where one must be given; `unknown` where there is one that is not known. */
  readonly default?: PyValue;
}

/** What `field(default=…)` and its like leave in a class body. */
export class FieldDefault {
  constructor(
    readonly value: PyValue | undefined,
    readonly factory: PyValue | undefined,
    readonly isLeftOut: boolean,
  ) {}
}

const holders = /(?:^|\.)(?:BaseModel|BaseSettings|NamedTuple|Tap|TypedArgs|Serializable)$/;
const maxAnnotation = 500;
const notFields = /(?:^|\.)(?:ClassVar|InitVar)$/;

/** A dataclass, a pydantic model and the like: its annotated names are its fields. */
export function holdsFields(value: PyClass): boolean {
  return (
    lineage(value).some(({ isDataclass }) => isDataclass) ||
    baseNames(value).some((name) => holders.test(name))
  );
}

/** The fields of a class and its bases, those of the bases first. */
export function fieldsOf(value: PyClass, machine: Machine): Field[] {
  const fields = new Map<string, Field>();
  for (const each of lineage(value).toReversed()) {
    for (const [name, annotation] of each.annotations) {
      const frame = { machine, source: each.source, scope: each.scope, returns: [] };
      const type = readAnnotation(evaluate(annotation, frame), each, machine);
      const origin = type.kind === 'generic' ? type.base : type;
      if (origin.kind === 'imported' && notFields.test(origin.path)) continue;
      if (name === 'model_config') continue;
      const given = each.attributes.get(name);
      const held = given?.kind === 'object' ? given.payload : undefined;
      if (held instanceof FieldDefault && held.isLeftOut) continue;
      const known = given === undefined ? undefined : defaultOf(given, machine);
      fields.set(name, { name, type, ...(known === undefined ? {} : { default: known }) });
    }
    // A base's field that is only assigned anew keeps its type.
    for (const [name, field] of fields) {
      const given = each.attributes.get(name);
      if (each.annotations.has(name) || given === undefined) continue;
      const known = defaultOf(given, machine);
      fields.set(name, { ...field, ...(known === undefined ? {} : { default: known }) });
    }
  }
  return [...fields.values()];
}

/** An annotation that is written as a text is read as code. */
function readAnnotation(value: PyValue, { scope }: PyClass, machine: Machine): PyValue {
  if (value.kind !== 'str') return value;
  if (value.value.length > maxAnnotation) return unknown;
  const source = parsePython(value.value);
  const expression = source.tree.topNode.getChild('ExpressionStatement')?.firstChild;
  return expression == null
    ? unknown
    : evaluate(expression, { machine, source, scope, returns: [] });
}

function defaultOf(given: PyValue, machine: Machine): PyValue | undefined {
  const held = given.kind === 'object' ? given.payload : undefined;
  if (!(held instanceof FieldDefault)) return given;
  if (held.factory !== undefined) return callValue(held.factory, noArguments, machine);
  return held.value;
}

/** What the constructor of such a class sets: its arguments, else the defaults. */
export function fillFields(instance: PyInstance, args: CallArguments, machine: Machine): void {
  for (const [index, field] of fieldsOf(instance.class, machine).entries()) {
    const given = args.keywords.get(field.name) ?? args.positional[index];
    const otherwise = args.isPartial ? unknown : (field.default ?? unknown);
    instance.attributes.set(field.name, given ?? otherwise);
  }
}

/** The decorators and functions that make classes hold values. */
export const dataclassLibrary: Library = (path) => {
  if (/(?:^|\.)(?:dataclass|define|frozen|mutable)$/.test(path) && isDataclassModule(path)) {
    return builtin('dataclass', ({ positional: [made] }) => mark(made));
  }
  if (path === 'attr.s' || path === 'attr.attrs') {
    return builtin('dataclass', ({ positional: [made] }) => mark(made));
  }
  return isFieldFunction(path) ? builtin(path, toField) : undefined;
};

function isDataclassModule(path: string): boolean {
  return /^(?:dataclasses|attrs?|pydantic\.dataclasses|flax\.struct|chex|simple_parsing)\./.test(
    path,
  );
}

/** With arguments it is given the class later. */
function mark(made: PyValue | undefined): PyValue {
  if (made?.kind !== 'class') return builtin('dataclass', ({ positional: [later] }) => mark(later));
  made.isDataclass = true;
  return made;
}

function isFieldFunction(path: string): boolean {
  return /^(?:(?:dataclasses|attrs?|flax\.struct|simple_parsing|simple_parsing\.helpers)\.(?:field|ib)|pydantic(?:_settings)?\.(?:fields\.)?Field)$|(?:^|\.)HfArg$/.test(
    path,
  );
}

function toField({ positional, keywords }: CallArguments): PyValue {
  const factory = keywords.get('default_factory') ?? keywords.get('factory');
  const value = keywords.get('default') ?? (factory === undefined ? positional[0] : undefined);
  const init = keywords.get('init');
  const isLeftOut = init?.kind === 'bool' && !init.value;
  return fieldObject(new FieldDefault(value, factory, isLeftOut));
}

function fieldObject(payload: FieldDefault): PyObject {
  return { kind: 'object', payload, attribute: () => unknown };
}
