import { createDict, entriesOf, getEntry, removeEntry, setEntry } from './dict';
import type { Machine } from './machine';
import { openedFile, openFile } from './openedFile';
import { areEqual, joinPaths } from './operators';
import {
  builtin,
  type CallArguments,
  madeText,
  maxItems,
  none,
  type PyDict,
  type PySequence,
  type PyString,
  type PyValue,
  pyBool,
  pyList,
  pyStr,
  pyTuple,
  unknown,
} from './value';
import { strOf } from './valueText';

/** Work on a text is bounded before it is done. */
const maxReplaced = 1_000_000;

type Method<Of> = (self: Of, args: CallArguments, machine: Machine) => PyValue;

/** The attribute of a value of Python's own: mostly a method bound to it. */
export function valueMethod(value: PyValue, name: string): PyValue {
  switch (value.kind) {
    case 'str':
      return bound(value, textMethods, name);
    case 'path':
      return pathAttribute(value, name);
    case 'list':
    case 'set':
      return bound(value, listMethods, name);
    case 'dict':
      return bound(value, dictMethods, name);
    default:
      return unknown;
  }
}

function bound<Of>(self: Of, methods: Readonly<Record<string, Method<Of>>>, name: string): PyValue {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  return method === undefined
    ? unknown
    : builtin(name, (args, machine) => method(self, args, machine));
}

function textOf(value: PyValue | undefined): string | undefined {
  return value?.kind === 'str' ? value.value : undefined;
}

function mapText(change: (text: string) => string): Method<PyString> {
  return (self) => pyStr(change(self.value));
}

const textMethods: Readonly<Record<string, Method<PyString>>> = {
  lower: mapText((text) => text.toLowerCase()),
  upper: mapText((text) => text.toUpperCase()),
  capitalize: mapText((text) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase()),
  strip: (self, args) => trim(self.value, args, true, true),
  lstrip: (self, args) => trim(self.value, args, true, false),
  rstrip: (self, args) => trim(self.value, args, false, true),
  isdigit: (self) => pyBool(/^\d+$/.test(self.value)),
  startswith: (self, { positional: [part] }) =>
    testText(part, (text) => self.value.startsWith(text)),
  endswith: (self, { positional: [part] }) => testText(part, (text) => self.value.endsWith(text)),
  replace(self, { positional: [from, to] }) {
    const [a, b] = [textOf(from), textOf(to)];
    if (a === undefined || b === undefined) return unknown;
    const most = (self.value.length + 1) * Math.max(1, b.length);
    return most > maxReplaced ? unknown : madeText(self.value.replaceAll(a, b));
  },
  split(self, { positional }) {
    if (positional.length === 0)
      return pyList(self.value.trim().split(/\s+/).filter(Boolean).map(pyStr));
    const separator = textOf(positional[0]);
    if (!separator || positional.length > 1) return unknown;
    return pyList(self.value.split(separator).map(pyStr));
  },
  join(self, { positional: [items] }) {
    if (items?.kind !== 'list' && items?.kind !== 'tuple') return unknown;
    const texts = items.items.map(textOf).filter((text) => text !== undefined);
    const length = texts.reduce((sum, text) => sum + text.length + self.value.length, 0);
    const isKnown = !items.isUncertain && texts.length === items.items.length;
    return isKnown && length <= maxReplaced ? madeText(texts.join(self.value)) : unknown;
  },
  format(self, { positional, keywords, isPartial }) {
    let [next, isKnown] = [0, !isPartial];
    const text = self.value.replace(/\{\{|\}\}|\{(\w*)\}|[{}]/g, (whole, key?: string) => {
      if (whole === '{{' || whole === '}}') return whole.charAt(0);
      const index = key === '' ? next++ : Number(key);
      const value = keywords.get(key ?? '') ?? positional[index];
      const part = key === undefined || value === undefined ? undefined : strOf(value);
      if (part === undefined) isKnown = false;
      return part ?? '';
    });
    return isKnown ? madeText(text) : unknown;
  },
};

function trim(text: string, args: CallArguments, atStart: boolean, atEnd: boolean): PyValue {
  const [given] = args.positional;
  const chars = given === undefined ? ' \t\r\n\f\v' : textOf(given);
  if (chars === undefined) return unknown;
  let [from, to] = [0, text.length];
  while (atStart && from < to && chars.includes(text.charAt(from))) from += 1;
  while (atEnd && to > from && chars.includes(text.charAt(to - 1))) to -= 1;
  return pyStr(text.slice(from, to));
}

function testText(part: PyValue | undefined, test: (text: string) => boolean): PyValue {
  const parts = part?.kind === 'tuple' ? part.items : [part];
  const texts = parts.map(textOf).filter((text) => text !== undefined);
  return texts.length === parts.length ? pyBool(texts.some(test)) : unknown;
}

function pathAttribute(path: PyString, name: string): PyValue {
  const last = path.value.replace(/\/$/, '').split('/').at(-1) ?? '';
  switch (name) {
    case 'name':
      return pyStr(last);
    case 'stem':
      return pyStr(last.replace(/(?<=.)\.[^.]*$/, ''));
    case 'parent':
      return { kind: 'path', value: path.value.replace(/\/?[^/]*$/, '') || '.' };
    case 'joinpath':
      return builtin(name, ({ positional }) => {
        const texts = positional.map(strOf).filter((text) => text !== undefined);
        if (texts.length !== positional.length) return unknown;
        return { kind: 'path', value: joinPaths([path.value, ...texts]) };
      });
    case 'open':
    case 'read_text':
    case 'read_bytes':
      return builtin(name, ({ positional: [mode] }) =>
        name === 'open' ? openFile(path, mode) : openedFile(path.value),
      );
    case 'as_posix':
      return builtin(name, () => pyStr(path.value));
    default:
      return unknown;
  }
}

/** Changes a list or dict; where it is not known whether that happens, the whole is not known. */
function changing<Of extends PySequence | PyDict>(change: Method<Of>): Method<Of> {
  return (self, args, machine) => {
    if (machine.isUncertain || args.isPartial || sizeOf(self) > maxItems) {
      self.isUncertain = true;
      return unknown;
    }
    return change(self, args, machine);
  };
}

function sizeOf(self: PySequence | PyDict): number {
  return self.kind === 'dict' ? self.entries.size : self.items.length;
}

function itemsOf(value: PyValue | undefined): readonly PyValue[] | undefined {
  return (value?.kind === 'list' || value?.kind === 'tuple') && !value.isUncertain
    ? value.items
    : undefined;
}

const add = changing<PySequence>((self, { positional: [item] }) => {
  self.items.push(item ?? unknown);
  return none;
});

const listMethods: Readonly<Record<string, Method<PySequence>>> = {
  append: add,
  add,
  extend: changing((self, { positional: [more] }) => {
    const items = itemsOf(more);
    if (items === undefined) self.isUncertain = true;
    else for (const item of [...items]) self.items.push(item);
    return none;
  }),
  insert: changing((self, { positional: [index, item] }) => {
    if (index?.kind !== 'int') self.isUncertain = true;
    else self.items.splice(index.value, 0, item ?? unknown);
    return none;
  }),
  remove: changing((self, { positional: [item] }) => {
    const at = self.items.findIndex((each) => item !== undefined && areEqual(each, item) === true);
    if (at === -1) self.isUncertain = true;
    else self.items.splice(at, 1);
    return none;
  }),
  pop: changing((self, { positional }) => {
    if (positional.length > 0) self.isUncertain = true;
    return (positional.length > 0 ? undefined : self.items.pop()) ?? unknown;
  }),
  sort: changing((self) => {
    self.isUncertain = true;
    return none;
  }),
  reverse: changing((self) => {
    self.items.reverse();
    return none;
  }),
  copy: (self) => ({ ...self, items: [...self.items] }),
};

const dictMethods: Readonly<Record<string, Method<PyDict>>> = {
  get(self, { positional: [key, otherwise] }) {
    if (self.isUncertain || key === undefined || strOf(key) === undefined) return unknown;
    return getEntry(self, key) ?? otherwise ?? none;
  },
  keys: (self) => (self.isUncertain ? unknown : pyList([...self.keys.values()])),
  values: (self) => (self.isUncertain ? unknown : pyList([...self.entries.values()])),
  items: (self) =>
    self.isUncertain ? unknown : pyList(entriesOf(self).map((entry) => pyTuple(entry))),
  copy: (self) => ({
    ...createDict(entriesOf(self)),
    ...(self.isUncertain ? { isUncertain: true } : {}),
  }),
  update: changing((self, { positional: [more], keywords }) => {
    if (more !== undefined && (more.kind !== 'dict' || more.isUncertain)) self.isUncertain = true;
    if (more?.kind === 'dict')
      for (const [key, value] of entriesOf(more)) setEntry(self, key, value);
    for (const [key, value] of keywords) setEntry(self, pyStr(key), value);
    return none;
  }),
  setdefault: changing((self, { positional: [key, value] }) => {
    if (key === undefined) return unknown;
    const known = getEntry(self, key);
    if (known === undefined) setEntry(self, key, value ?? none);
    return known ?? value ?? none;
  }),
  pop: changing((self, { positional: [key, otherwise] }) => {
    const known = key === undefined ? undefined : getEntry(self, key);
    if (key === undefined || strOf(key) === undefined) self.isUncertain = true;
    else removeEntry(self, key);
    return known ?? otherwise ?? unknown;
  }),
};
