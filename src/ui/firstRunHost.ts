import { commands } from 'vscode';
import { commandIds } from '../platform/contributionIds';
import type { FirstRunHost } from '../protocol/firstRunHost';

/** The host half of what an empty page offers. */
export function createFirstRunHost(): FirstRunHost {
  return {
    openTerminal: async () => {
      await commands.executeCommand('workbench.action.terminal.new');
    },
    openWalkthrough: async () => {
      await commands.executeCommand(commandIds.openWalkthrough);
    },
  };
}
