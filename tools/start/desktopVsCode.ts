import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { findElectronProgram } from '../vscodeHost/desktopSession';
import { hostDir } from '../vscodeHost/hostPaths';
import { step } from './step.cjs';

const probeUrl = 'https://update.code.visualstudio.com/api/releases/stable';
const probeTimeoutMs = 5_000;
const downloadTimeoutMs = 30_000;

/**
 * The desktop VS Code to use, if there is one: the program in VSCODE_EXECUTABLE, else a download
 * where this machine has a display and reaches the download. Undefined means: use the browser.
 */
export async function findDesktopVsCode(): Promise<string | undefined> {
  const named = process.env.VSCODE_EXECUTABLE;
  if (named) return findElectronProgram(named);
  if (!hasDisplay()) return undefined;
  try {
    await fetch(probeUrl, { signal: AbortSignal.timeout(probeTimeoutMs) });
    return await step('Get desktop VS Code', () =>
      downloadAndUnzipVSCode({ cachePath: hostDir, timeout: downloadTimeoutMs }),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.log(
      `Desktop VS Code cannot be downloaded here (${reason}); the browser is used instead.`,
    );
    return undefined;
  }
}

function hasDisplay(): boolean {
  if (process.platform === 'win32' || process.platform === 'darwin') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
