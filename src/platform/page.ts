import { randomBytes } from 'node:crypto';
import {
  type Disposable,
  type ExtensionContext,
  Uri,
  type Webview,
  type WebviewPanel,
} from 'vscode';
import { createRpc, type Notify } from '../core/rpc';
import { fromWire, toWire } from '../protocol/wire';

export interface PageConnection<TPage> extends Disposable {
  readonly page: Notify<TPage>;
}

/**
 * Gives a panel its page and its half of the RPC.
 *
 * @param view names the bundle under `dist/webviews` and the page's `data-view`.
 * @param state what the page starts from, unless VS Code kept a later one of its own.
 */
export function connectPage<TPage extends object, THost extends object>(
  context: ExtensionContext,
  panel: WebviewPanel,
  view: string,
  state: object,
  host: THost,
): PageConnection<TPage> {
  const root = Uri.joinPath(context.extensionUri, 'dist', 'webviews');
  panel.webview.options = { enableScripts: true, localResourceRoots: [root] };
  const rpc = createRpc<TPage, THost>(
    {
      // A hidden page is gone and loses what is sent; it asks for everything when it is shown again.
      post: (message) => void panel.webview.postMessage(toWire(message)),
      listen: (listener) => {
        const subscription = panel.webview.onDidReceiveMessage((message) =>
          listener(fromWire(message)),
        );
        return () => subscription.dispose();
      },
    },
    host,
  );
  panel.webview.html = pageHtml(panel.webview, root, view, state);
  const closed = panel.onDidDispose(() => rpc.dispose());
  return {
    page: rpc.notify,
    dispose() {
      closed.dispose();
      rpc.dispose();
    },
  };
}

/** The toolkit tries whether it may add a style element, with an empty one; this is its hash. */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

function pageHtml(webview: Webview, root: Uri, view: string, state: object): string {
  const nonce = randomBytes(16).toString('base64url');
  const script = webview.asWebviewUri(Uri.joinPath(root, `${view}.js`));
  const style = webview.asWebviewUri(Uri.joinPath(root, `${view}.css`));
  const policy = [
    "default-src 'none'",
    `img-src ${webview.cspSource} data:`,
    `style-src ${webview.cspSource} ${emptyStyle}`,
    `font-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
</head>
<body data-view="${view}" data-state="${escapeAttribute(JSON.stringify(state))}">
<div id="root"></div>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

function escapeAttribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
