import { builtin, none, type PyObject, type PyValue, unknown } from './value';

/** A file that a program opened, or the text that it read of it: its content is not known here. */
export class OpenedFile {
  constructor(readonly path: string) {}
}

/** What `open(path)` gives; unknown where the path is, or where it is written to. */
export function openFile(path: PyValue | undefined, mode: PyValue | undefined): PyValue {
  if (path?.kind !== 'str' && path?.kind !== 'path') return unknown;
  if (mode?.kind === 'str' && /[wax+]/.test(mode.value)) return unknown;
  return openedFile(path.value);
}

export function openedFile(path: string): PyObject {
  const file: PyObject = {
    kind: 'object',
    payload: new OpenedFile(path),
    attribute(name) {
      if (name === '__enter__' || name === 'read') return builtin(name, () => file);
      return name === 'close' ? builtin(name, () => none) : unknown;
    },
  };
  return file;
}

/** The path of a file that was opened, or of which the text was read. */
export function openedPath(value: PyValue | undefined): string | undefined {
  return value?.kind === 'object' && value.payload instanceof OpenedFile
    ? value.payload.path
    : undefined;
}
