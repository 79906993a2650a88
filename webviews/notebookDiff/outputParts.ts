import type { NotebookOutput } from '../../src/core/notebook/notebook';
import { decodeLog } from '../../src/core/terminal/decodeLog';

/** What of an output is shown. Nothing of it is ever run or rendered but pictures of pixels. */
export interface OutputParts {
  /** What kind of output it is: `stdout`, `Result`, `Error`. */
  readonly title: string;
  /** A `data:` URL of a PNG, JPEG, GIF or WebP picture. */
  readonly imageUrl?: string;
  /** Plain text, ANSI escapes and overwritten progress bars gone. */
  readonly text?: string;
  /** The other media of the output, as text: HTML, SVG, LaTeX, JSON, scripts. */
  readonly others: readonly { readonly media: string; readonly text: string }[];
}

const imageMedia = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

export function toOutputParts(output: NotebookOutput): OutputParts {
  if (output.kind === 'stream') {
    return { title: output.name ?? 'stdout', text: decodeLog(output.text ?? ''), others: [] };
  }
  if (output.kind === 'error') {
    const head = [output.ename, output.evalue].filter(Boolean).join(': ');
    const traceback = decodeLog(output.traceback ?? '');
    return { title: 'Error', text: traceback === '' ? head : traceback, others: [] };
  }
  const title = output.kind === 'result' ? 'Result' : 'Display';
  const imageUrl = findImage(output.data);
  const { 'text/plain': plain } = output.data;
  const others = Object.entries(output.data)
    .filter(([media]) => media !== 'text/plain' && !imageMedia.includes(media))
    .map(([media, text]) => ({ media, text }));
  return {
    title,
    ...(imageUrl === undefined ? {} : { imageUrl }),
    ...(plain === undefined ? {} : { text: decodeLog(plain) }),
    others,
  };
}

function findImage(data: NotebookOutput['data']): string | undefined {
  for (const media of imageMedia) {
    const base64 = Object.hasOwn(data, media) ? toBase64(data[media]) : undefined;
    if (base64 !== undefined) return `data:${media};base64,${base64}`;
  }
  return undefined;
}

/** The text if it is base64 and nothing else, without its line breaks. */
function toBase64(text: string | undefined): string | undefined {
  const base64 = text?.replace(/\s+/g, '') ?? '';
  return base64 !== '' && base64.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(base64)
    ? base64
    : undefined;
}
