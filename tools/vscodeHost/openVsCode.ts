import { openBrowserSession } from './browserSession';
import { openDesktopSession } from './desktopSession';
import type { SessionOptions, VsCodeSession } from './vscodeSession';

/** Opens desktop VS Code where VSCODE_EXECUTABLE names one, else VS Code in the browser. */
export function openVsCode(options: SessionOptions): Promise<VsCodeSession> {
  const executable = process.env.VSCODE_EXECUTABLE;
  return executable ? openDesktopSession(executable, options) : openBrowserSession(options);
}
