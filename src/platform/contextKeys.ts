import { commands } from 'vscode';
import type { contextKeyIds } from './contributionIds';

/** Sets a `when` clause context key. */
export function setContextKey(
  key: (typeof contextKeyIds)[keyof typeof contextKeyIds],
  value: boolean,
): void {
  void commands.executeCommand('setContext', key, value);
}
