/** What a key asks the page to do. */
export type PageAction =
  | 'nextChange'
  | 'previousChange'
  | 'nextCell'
  | 'previousCell'
  | 'find'
  | 'findNext'
  | 'findPrevious'
  | 'layout'
  | 'unchanged'
  | 'parts'
  | 'noise'
  | 'apply'
  | 'swap'
  | 'help';

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

const plainKeys: Readonly<Record<string, PageAction>> = {
  n: 'nextChange',
  p: 'previousChange',
  j: 'nextCell',
  k: 'previousCell',
  i: 'layout',
  u: 'unchanged',
  o: 'parts',
  m: 'noise',
  a: 'apply',
  s: 'swap',
  '?': 'help',
};

/** @param isTyping whether the key would write into a field. */
export function pageAction(event: Key, isTyping: boolean): PageAction | undefined {
  const { key, shiftKey, altKey } = event;
  const isControl = event.ctrlKey || event.metaKey;
  if (isControl) return !shiftKey && !altKey && key.toLowerCase() === 'f' ? 'find' : undefined;
  if (key === 'F7' && !altKey) return shiftKey ? 'previousChange' : 'nextChange';
  if (key === 'F5' && altKey) return shiftKey ? 'previousChange' : 'nextChange';
  if (key === 'F3' && !altKey) return shiftKey ? 'findPrevious' : 'findNext';
  if (isTyping || altKey) return undefined;
  return Object.hasOwn(plainKeys, key) ? plainKeys[key] : undefined;
}
