import { openBrowserSession } from './browserSession';
import { openDesktopSession } from './desktopSession';
import type { SessionOptions, VsCodeSession } from './vscodeSession';

/** Opens desktop VS Code if `executable` (or VSCODE_EXECUTABLE) names one, else the browser's. */
export function openVsCode(
  options: SessionOptions,
  executable = process.env.VSCODE_EXECUTABLE,
): Promise<VsCodeSession> {
  return executable ? openDesktopSession(executable, options) : openBrowserSession(options);
}
