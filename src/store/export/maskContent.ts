import { maskJson } from '../../core/secrets/maskJson';
import { maskText } from '../../core/secrets/maskText';
import { secretMark } from '../../core/secrets/secretMark';

export interface MaskedContent {
  readonly bytes: Uint8Array;
  readonly count: number;
}

/**
 * The bytes of a notebook, a script, a diff or a log with the credentials in them masked, and how many
 * there are. The very same bytes if there are none; otherwise a notebook is written anew, with the
 * indentation that Jupyter uses.
 */
export function maskContent(bytes: Uint8Array): MaskedContent {
  const text = decodeUtf8(bytes);
  if (text === undefined) return maskLatin1(bytes);
  const masked = maskText(text);
  if (masked.count === 0) return { bytes, count: 0 };
  const data = /^\s*\{/.test(text) ? parseJson(text) : undefined;
  if (data === undefined) return { bytes: Buffer.from(masked.text), count: masked.count };
  const { value, count } = maskJson(data);
  return { bytes: Buffer.from(`${JSON.stringify(value, null, 1)}\n`), count };
}

/** Every byte is a character there, so what is in no known encoding stays what it is. */
function maskLatin1(bytes: Uint8Array): MaskedContent {
  const { text, count } = maskText(Buffer.from(bytes).toString('latin1'));
  if (count === 0) return { bytes, count };
  return { bytes: Buffer.from(text.replaceAll(secretMark, '****'), 'latin1'), count };
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
