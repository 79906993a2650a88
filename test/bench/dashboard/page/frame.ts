import { decodeMessage, encodeMessage } from '../pageWire';

// Runs in the frame around a page, as VS Code's own does: gives the page the messages of the host, and
// the host those of the page.

const { panel = '0', theme = 'dark' } = document.currentScript?.dataset ?? {};
const iframe = document.createElement('iframe');

/** Reads the endless answer of the host: each message is its length as a float64 and then its bytes. */
async function receive(): Promise<void> {
  const response = await fetch(`/stream/${panel}`);
  const reader = response.body?.getReader();
  if (!reader) throw new Error('The host answers nothing');
  let chunks: Uint8Array[] = [];
  let received = 0;
  let wanted = 8;
  let isHead = true;
  for (;;) {
    if (received < wanted) {
      const { done, value } = await reader.read();
      if (done) return;
      chunks.push(value);
      received += value.length;
      continue;
    }
    const { head, rest } = take(chunks, wanted);
    chunks = rest.length === 0 ? [] : [rest];
    received = rest.length;
    if (isHead) {
      wanted = new Float64Array(head)[0] ?? 0;
    } else {
      iframe.contentWindow?.postMessage(decodeMessage(head), '*', [head]);
      wanted = 8;
    }
    isHead = !isHead;
  }
}

function take(chunks: readonly Uint8Array[], count: number) {
  const head = new Uint8Array(count);
  let at = 0;
  let rest = new Uint8Array(0);
  for (const chunk of chunks) {
    const part = chunk.subarray(0, count - at);
    head.set(part, at);
    at += part.length;
    if (part.length < chunk.length) rest = chunk.slice(part.length);
  }
  return { head: head.buffer, rest };
}

// One after the other, as they were posted.
let posted: Promise<unknown> = Promise.resolve();
window.addEventListener('message', ({ source, data }) => {
  if (source !== iframe.contentWindow) return;
  const body = encodeMessage(data);
  posted = posted.then(() => fetch(`/post/${panel}`, { method: 'POST', body }));
});

void receive();
iframe.src = `/page/${panel}/${theme}`;
// As VS Code names it: after the panel.
iframe.title = 'Epochlog';
document.body.append(iframe);
