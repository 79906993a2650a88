import { collectCellNames, collectCellParams } from '../python/assignments';
import { maskMagics } from '../python/maskMagics';
import type { Param } from '../run/run';
import { readNamedFiles } from './config/configParams';
import { joinPath, type ProjectFiles } from './config/projectFiles';
import { createModuleFinder } from './findModule';
import { readDefaults } from './readDefaults';
import type { RunParams } from './readRunParams';
import { resolveParams } from './resolveParams';

/** What is known of a cell that starts to train. */
export interface CellInput {
  /** The sources that the kernel ran, in that order, this cell's own at the end. */
  readonly cells: readonly string[];
  /** Absolute path of the notebook's folder. */
  readonly folder?: string | undefined;
}

const maxParams = 100;
const maxLength = 500_000;

/**
 * The params of a training cell: the literals that reach it as they are written, and what only
 * following the cells tells: a dict that was changed or made by a function, the result of a parser, a
 * configuration file that they open. Nothing is executed. Never throws.
 */
export function readCellParams({ cells, folder }: CellInput, files: ProjectFiles): RunParams {
  const written = collectCellParams(cells, cells.length - 1);
  const names = collectCellNames(cells, cells.length - 1);
  const text = cells.map(maskMagics).join('\n').slice(-maxLength);
  const finder =
    folder === undefined
      ? undefined
      : createModuleFinder(files, folder, joinPath(folder, 'notebook.py'));
  const { command, settings, constants, configs } = readDefaults(text, {
    args: [],
    ...(finder && { finder }),
  });
  const followed = new Map(
    constants.flatMap(({ key, default: value }): [string, string][] =>
      value !== undefined && names.has(rootOf(key)) ? [[key, value]] : [],
    ),
  );
  const params = new Map<string, Param>();
  const set = (key: string, value: string): void => {
    params.set(key, { key, value, origin: 'cell' });
  };
  for (const { key, value } of written) {
    if (!isGone(key, followed)) set(key, keptText(value, followed.get(key)));
  }
  for (const { key, value } of resolveParams({ command, settings, constants: [] }, []))
    set(key, value);
  for (const [key, value] of followed) if (!params.has(key)) set(key, value);
  const named = configs.filter((each) => each.kind === 'file');
  const read =
    folder === undefined ? { params: [], problems: [] } : readNamedFiles(named, { folder }, files);
  for (const { key, value } of read.params) {
    if (!params.has(key)) params.set(key, { key, value, origin: 'config' });
  }
  return { params: [...params.values()].slice(0, maxParams), problems: read.problems };
}

function rootOf(key: string): string {
  return key.split('.')[0] ?? key;
}

/**
 * An entry that was deleted later, or the default of a class whose object says what it came to.
 */
function isGone(key: string, followed: ReadonlyMap<string, string>): boolean {
  const root = rootOf(key);
  if (root === key || followed.has(key)) return false;
  const leaf = key.slice(root.length);
  return [...followed.keys()].some(
    (other) =>
      other.startsWith(`${root}.`) || (/^[A-Z]/.test(root) && other === rootOf(other) + leaf),
  );
}

/** `1e-3` stays as it is written, where it is still what it came to. */
function keptText(written: string, followed: string | undefined): string {
  if (followed === undefined) return written;
  const plain = (text: string) => text.replaceAll('_', '').replace(/["'\s]/g, '');
  const isSame =
    plain(written) === plain(followed) ||
    (written.trim() !== '' && Number(plain(written)) === Number(followed));
  return isSame ? written : followed;
}
