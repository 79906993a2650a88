import type { Memento } from 'vscode';
import { stringsOf } from '../platform/keptState';

const key = 'recentSearches';
const maxRecent = 20;

/** The searches that were used last in this workspace, on whatever page; newest first. */
export function readRecentSearches(memory: Memento): readonly string[] {
  return stringsOf(memory.get(key));
}

export async function rememberSearch(memory: Memento, text: string): Promise<void> {
  const wanted = text.trim();
  if (wanted === '') return;
  const others = readRecentSearches(memory).filter((each) => each !== wanted);
  await memory.update(key, [wanted, ...others].slice(0, maxRecent));
}
