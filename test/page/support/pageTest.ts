import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { createRpc, type Notify } from '../../../src/core/rpc';
import { fromWire, toWire } from '../../../src/protocol/wire';
import type { VsCodeApi } from '../../../webviews/shared/host';
import { type ThemeName, themes } from './themes';

/** Pages that are built for a test alone, by `buildTestPage`. */
export type TestPage = 'searchBox';

const origin = 'http://epochlog.test';
const bundles = join(__dirname, '../../../dist/webviews');

/** As the host allows it: the toolkit tries an empty style element; this is the hash of ''. */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

export interface OpenOptions<THost> {
  readonly view:
    | 'runTable'
    | 'runPage'
    | 'charts'
    | 'compare'
    | 'leaderboard'
    | 'notebookDiff'
    | 'teach'
    | 'trust'
    | 'cellHistory'
    | 'timeline'
    | TestPage;
  /** Where its bundle is, if not among those that ship. */
  readonly folder?: string;
  /** What the host writes into the body. */
  readonly state: object;
  /** Stands in for the extension host: the test's own answers to what the page asks. */
  readonly host: THost;
  readonly theme?: ThemeName;
}

interface PageFixtures {
  /** Opens a built page as VS Code does and gives the host's end of its RPC. */
  readonly open: <THost extends object, TPage extends object>(
    options: OpenOptions<THost>,
  ) => Promise<Notify<TPage>>;
}

declare global {
  interface Window {
    /** Put there by the tests: the way from the page to the fake host. */
    toHost(json: string): Promise<void>;
    /** Gives the page a message of the host, which came as VS Code carries it. */
    fromHost(json: string): void;
    violations: string[];
    acquireVsCodeApi(): VsCodeApi;
  }
}

/** A test of one page. It fails if the page breaks its policy, throws, or asks for a dialog. */
export const test = base.extend<PageFixtures>({
  open: async ({ page }, use) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(`console: ${message.text()}`);
    });
    page.on('dialog', (dialog) => {
      faults.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await use((options) => openPage(page, options));
    expect(faults).toEqual([]);
    expect(await page.evaluate(() => window.violations)).toEqual([]);
  },
});

async function openPage<THost extends object, TPage extends object>(
  page: Page,
  { view, folder = bundles, state, host, theme = 'dark' }: OpenOptions<THost>,
): Promise<Notify<TPage>> {
  let receive: ((message: unknown) => void) | undefined;
  await page.exposeFunction('toHost', (json: string) => receive?.(fromWire(readMessage(json))));
  await page.addInitScript(fakeVsCode);
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') {
      await route.fulfill({ contentType: 'text/html', body: pageHtml(view, state, theme) });
    } else {
      await route.fulfill({
        contentType: pathname.endsWith('.css') ? 'text/css' : 'text/javascript',
        body: await readFile(join(folder, pathname)),
      });
    }
  });
  const rpc = createRpc<TPage, THost>(
    {
      // A page that is being reloaded or closed loses what is sent, as in VS Code.
      post: (message) => {
        page
          .evaluate((json) => window.fromHost(json), JSON.stringify(toWire(message), withColumns))
          .catch((error: unknown) => {
            if (!/closed|navigation|destroyed|ended/.test(String(error))) throw error;
          });
      },
      listen: (listener) => {
        receive = listener;
        return () => {
          receive = undefined;
        };
      },
    },
    host,
  );
  await page.goto(`${origin}/`);
  return rpc.notify;
}

/** VS Code writes messages as JSON and carries typed arrays beside it, byte for byte. */
function withColumns(_key: string, value: unknown): unknown {
  if (!ArrayBuffer.isView(value)) return value;
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return { $column: bytes.toString('base64'), $type: value.constructor.name };
}

const columnTypes = { Float64Array, Uint8Array, Uint16Array, Uint32Array };

/** What the page sent, with the typed arrays that `fakeVsCode` wrote as lists. */
function readMessage(json: string): unknown {
  return JSON.parse(json, (_key, value) => {
    // SAFETY: the page writes the name of one of these.
    const Column = columnTypes[value?.$type as keyof typeof columnTypes];
    return Column && Array.isArray(value.$list) ? Column.from(value.$list) : value;
  });
}

/** Runs in the page before its own script. The kept state survives a reload, as VS Code's does. */
function fakeVsCode(): void {
  window.violations = [];
  document.addEventListener('securitypolicyviolation', (event) =>
    window.violations.push(
      `${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`,
    ),
  );
  window.fromHost = (json) => {
    const toColumn = (text: string, type: string) => {
      const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
      const types = {
        Float64Array,
        Float32Array,
        Int32Array,
        Uint32Array,
        Uint16Array,
        Uint8Array,
      };
      // SAFETY: the tests send no other.
      return new types[type as keyof typeof types](bytes.buffer);
    };
    const message: unknown = JSON.parse(json, (_key, value) =>
      typeof value?.$column === 'string' ? toColumn(value.$column, value.$type) : value,
    );
    window.postMessage(message, '*');
  };
  let acquired = false;
  window.acquireVsCodeApi = () => {
    if (acquired) throw new Error('An instance of the VS Code API has already been acquired');
    acquired = true;
    return {
      postMessage: (message) => {
        const json = JSON.stringify(message, (_key, value) =>
          ArrayBuffer.isView(value)
            ? { $type: value.constructor.name, $list: Array.from(value as Uint8Array) }
            : value,
        );
        void window.toHost(json);
      },
      getState: () => {
        const state = sessionStorage.getItem('state');
        return state === null ? undefined : JSON.parse(state);
      },
      setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
    };
  };
}

/** What the host writes, inside what VS Code adds to it: variables, default styles, body classes. */
function pageHtml(view: string, state: object, themeName: ThemeName): string {
  const { bodyClass, id, variables } = themes[themeName];
  const style = Object.entries(variables).map(([name, value]) => `--vscode-${name}: ${value}`);
  const policy = [
    "default-src 'none'",
    `img-src ${origin} data:`,
    `style-src ${origin} ${emptyStyle}`,
    `font-src ${origin}`,
    "script-src 'nonce-4f1f0c8e'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en" style="${escapeAttribute(style.join('; '))}">
<head>
<style id="_defaultStyles">
@layer vscode-default {
  html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
  body { overscroll-behavior-x: none; background-color: transparent; color: var(--vscode-editor-foreground);
    font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); margin: 0; padding: 0 20px; }
  img, video { max-width: 100%; max-height: 100%; }
  code { color: var(--vscode-textPreformat-foreground); background-color: var(--vscode-textPreformat-background);
    padding: 1px 3px; border-radius: 4px; }
}
</style>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${origin}/${view}.css">
</head>
<body class="vscode-body ${bodyClass}" data-vscode-theme-kind="${bodyClass.split(' ')[0]}" data-vscode-theme-id="${id}" data-view="${view}" data-state="${escapeAttribute(JSON.stringify(state))}">
<div id="root"></div>
<script nonce="4f1f0c8e" src="${origin}/${view}.js"></script>
</body>
</html>`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** A host that answers from `answers` and notes every call in `calls`. */
export function createFakeHost<THost extends object>(
  answers: Partial<THost>,
): { readonly host: THost; readonly calls: unknown[][] } {
  const calls: unknown[][] = [];
  const host = new Proxy(answers, {
    get: (target, name) =>
      typeof name !== 'string'
        ? undefined
        : (...args: unknown[]) => {
            const answer: unknown = Reflect.get(target, name);
            if (!/^(read|query)/.test(name)) calls.push([name, ...args]);
            return typeof answer === 'function' ? answer(...args) : undefined;
          },
  });
  // SAFETY: the proxy has a function for every name, which is all that a host has.
  return { host: host as THost, calls };
}
