import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repoRoot } from '../../../tools/vscodeHost/hostPaths';
import { alterNumbers } from './alterNumbers';
import { createRandom } from './random';

// About as much as a terminal gives at once.
const pieceChars = 16 * 1024;

/** The captures of the tests or, of a JSON-lines file, the `text` of each line. */
export function readLogs(file: string | undefined): readonly string[] {
  if (file !== undefined) {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines
      .filter((line) => line.trim() !== '')
      .map((line) => (JSON.parse(line) as { readonly text: string }).text);
  }
  const folder = join(repoRoot, 'test', 'fixtures', 'captures');
  const names = readdirSync(folder).filter((name) => name.endsWith('.capture'));
  return names.map((name) => readFileSync(join(folder, name), 'utf8'));
}

/** Logs one after another, again and again with other numbers, in pieces as a terminal gives them. */
export function* mixedPieces(logs: readonly string[], bytes: number): Generator<string> {
  const random = createRandom(20_261_121);
  let text = '';
  for (let given = 0; given < bytes; ) {
    while (text.length < pieceChars) {
      text += `${alterNumbers(logs[random(logs.length)] ?? '', random)}\r\n`;
    }
    const piece = text.slice(0, pieceChars);
    text = text.slice(pieceChars);
    given += Buffer.byteLength(piece);
    yield piece;
  }
}

/** What a plain training loop prints: one line a step. */
export function* loopPieces(lines: number): Generator<string> {
  const random = createRandom(7);
  let text = '';
  for (let step = 1; step <= lines; step++) {
    const loss = `0.${100_000 + random(900_000)}`;
    text += `epoch ${Math.ceil(step / 10_000)} | step ${step} | loss ${loss} | lr 3.0e-04 | 41.${random(10)} ms\r\n`;
    if (text.length < pieceChars && step < lines) continue;
    yield text;
    text = '';
  }
}
