/** What a call does beside reading its arguments, as it is found by `callReader.ts`. */

import type { KernelObject } from './kernelObject';

export interface FileTouch {
  readonly how: 'read' | 'write' | 'append' | 'list' | 'folder';
  /** The file's name; `*` if it cannot be told. */
  readonly file: string;
  readonly place: string;
}

/** What a call does beside reading its arguments. */
export interface CallEffects {
  /** What it is called on is changed: only itself, or also what it contains. */
  changesReceiver: 'no' | 'shallow' | 'deep';
  changesArguments: boolean;
  /** It changes an object made by the call it is called on, which may refer to that one's arguments. */
  changesMade: boolean;
  /** It is a call of a class. */
  isMaking: boolean;
  /** Its arguments are kept in what it is called on. */
  keepsArguments: boolean;
  /** What its result may refer to of what it was given. */
  gives: 'new' | 'container' | 'part';
  isIterator: boolean;
  usesIterators: boolean;
  isOutside: boolean;
  runsAnything: boolean;
  setting?: string;
  draws: Set<string>;
  seeds: Set<string>;
  files: FileTouch[];
  /** Names of the module that it changes or binds, with whether deeply. */
  changes: Set<string>;
  binds: Set<string>;
  /** The class of which it gives an instance. */
  made?: KernelObject;
}

/** A call that does nothing and gives something new. */
export const noEffects = (): CallEffects => ({
  ...{ changesReceiver: 'no', changesArguments: false, keepsArguments: false, gives: 'new' },
  ...{ isIterator: false, usesIterators: true, isOutside: false, runsAnything: false },
  ...{ changesMade: false, isMaking: false },
  ...{ draws: new Set(), seeds: new Set(), files: [], changes: new Set(), binds: new Set() },
});

/** Adds what one call does within another, beside to what it is called on and given. */
export function addEffects(into: CallEffects, from: CallEffects): void {
  into.isOutside ||= from.isOutside;
  into.runsAnything ||= from.runsAnything;
  if (from.setting !== undefined) into.setting = from.setting;
  for (const each of from.draws) into.draws.add(each);
  for (const each of from.seeds) into.seeds.add(each);
  for (const each of from.changes) into.changes.add(each);
  for (const each of from.binds) into.binds.add(each);
  into.files.push(...from.files);
}
