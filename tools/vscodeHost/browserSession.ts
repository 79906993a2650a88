import { type Browser, chromium } from '@playwright/test';
import { chromiumArgs } from './chromium';
import { helperExtensionDir } from './hostPaths';
import { installBrowserHost } from './install';
import { Rpc } from './rpc';
import { startServer } from './server';
import type { SessionOptions, VsCodeSession } from './vscodeSession';
import { windowSize } from './windowDefaults';
import { Workbench } from './workbench';

/** VS Code in a headless Chromium, installed first if it is not there. */
export async function openBrowserSession(options: SessionOptions): Promise<VsCodeSession> {
  const executablePath = await installBrowserHost();
  const rpc = new Rpc();
  const server = await startServer({
    ...options,
    extensions: [...options.extensions, helperExtensionDir],
    env: { ...options.env, ...rpc.env },
  });
  let browser: Browser | undefined;
  const stop = async () => {
    await browser?.close();
    await server.stop();
    rpc.dispose();
  };
  try {
    browser = await chromium.launch({ executablePath, args: chromiumArgs });
    const context = await browser.newContext({ viewport: options.size ?? windowSize });
    const page = await context.newPage();
    await page.goto(server.url(options.folder));
    const workbench = new Workbench(page, rpc);
    await workbench.untilReady();
    return { page, workbench, rpc, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
