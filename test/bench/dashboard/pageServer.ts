import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type ThemeName, themes } from '../../page/support/themes';
import { decodeMessage, encodeMessage } from './pageWire';
import type { StandInPanel } from './vscodeStandIn';

export interface PageServer {
  readonly origin: string;
  /** Makes a panel reachable. @returns its number. */
  add(panel: StandInPanel): number;
}

/**
 * Serves the extension's panels to a browser: under `/panel/N`, or `/panel/N/light`, a frame as VS Code's own, which holds the
 * page under `/page/N` and carries messages; what the host posts comes as one endless answer.
 *
 * @param scriptFolder has the built `frame.js` and `probe.js`.
 */
export async function startPageServer(scriptFolder: string): Promise<PageServer> {
  const panels: StandInPanel[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, kind = '', rest = ''] = /^\/(\w+)\/(.*)$/.exec(request.url ?? '') ?? [];
    if (kind === 'file') return send(response, rest, await readFile(`/${rest}`));
    if (kind === 'script') return send(response, rest, await readFile(`${scriptFolder}/${rest}`));
    if (kind === 'empty') return send(response, '.html', emptyPage);
    const [number = '', theme = 'dark'] = rest.split('/');
    const panel = panels[Number(number)];
    if (kind === 'panel') return send(response, '.html', framePage(number, theme));
    if (panel === undefined) return void response.writeHead(404).end();
    if (kind === 'page') return send(response, '.html', withVsCode(panel.html(), theme));
    if (kind === 'post') {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      response.writeHead(204).end();
      return panel.receive(decodeMessage(new Uint8Array(Buffer.concat(chunks)).buffer));
    }
    response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).flushHeaders();
    const stop = panel.onPost((message) => {
      const bytes = encodeMessage(message);
      response.write(new Uint8Array(Float64Array.of(bytes.length).buffer));
      response.write(bytes);
    });
    response.on('close', stop);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error);
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('No port is free.');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    add: (panel) => panels.push(panel) - 1,
  };
}

const emptyPage =
  '<!DOCTYPE html><body style="margin:0"><script src="/script/probe.js"></script></body>';

function framePage(panel: string, theme: string): string {
  return `<!DOCTYPE html><html><head><style>html, body, iframe { margin: 0; border: 0; width: 100%; height: 100vh; display: block; overflow: hidden }</style></head>
<body><script src="/script/frame.js" data-panel="${panel}" data-theme="${theme}"></script></body></html>`;
}

/** What VS Code adds to the page that the host wrote: its API, default styles, the theme. */
function withVsCode(html: string, theme: string): string {
  const nonce = /'nonce-([\w-]+)'/.exec(html)?.[1] ?? '';
  // SAFETY: as it was checked, or the one that is always there.
  const { bodyClass, variables } = themes[theme in themes ? (theme as ThemeName) : 'dark'];
  const style = Object.entries(variables).map(([name, value]) => `--vscode-${name}: ${value}`);
  return html
    .replace('<html', `<html style="${style.join('; ').replaceAll('"', '&quot;')}"`)
    .replace('<body', `<body class="vscode-body ${bodyClass}"`)
    .replace('<head>', `<head><style>${defaultStyle}</style>`)
    .replace(
      '<div id="root">',
      `<script nonce="${nonce}" src="/script/probe.js"></script><div id="root">`,
    );
}

const defaultStyle = `@layer vscode-default {
  body { overscroll-behavior-x: none; background-color: transparent; color: var(--vscode-editor-foreground);
    font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); margin: 0; padding: 0 20px; }
  code { color: var(--vscode-textPreformat-foreground); }
}`;

function send(response: ServerResponse, name: string, body: string | Buffer): void {
  const types: Readonly<Record<string, string>> = {
    html: 'text/html',
    js: 'text/javascript',
    css: 'text/css',
  };
  const type = types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
  response.writeHead(200, { 'Content-Type': type }).end(body);
}
