const { createServer } = require('node:http');
const { renameSync, writeFileSync } = require('node:fs');
const vscode = require('vscode');

const AsyncFunction = (async () => {}).constructor;

/**
 * Lets a test evaluate a function body in this extension host: POST `{ body, arg }` with the token
 * as `x-token`; the answer is `{ value }` or `{ error }`. The port goes to `portFile`.
 */
exports.startRpcServer = (context, token, portFile) => {
  const server = createServer(async (request, response) => {
    if (request.headers['x-token'] !== token) {
      response.writeHead(403).end();
      return;
    }
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = await evaluate(Buffer.concat(chunks).toString());
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
  });
  server.listen(0, '127.0.0.1', () => {
    // Renamed into place: a reader never sees half a number.
    writeFileSync(`${portFile}.new`, String(server.address().port));
    renameSync(`${portFile}.new`, portFile);
  });
  context.subscriptions.push({ dispose: () => server.close() });
};

async function evaluate(json) {
  try {
    const { body, arg } = JSON.parse(json);
    const value = await new AsyncFunction('vscode', 'arg', body)(vscode, arg);
    return JSON.stringify({ value });
  } catch (error) {
    return JSON.stringify({ error: error?.stack ?? String(error) });
  }
}
