import { diffArrays } from 'diff';
import { splitCommand } from '../command/splitCommand';
import type { WordSpan } from '../notebook/wordSpans';
import type { Run } from '../run/run';
import { type ComparedCell, type ComparedRow, changeOf } from './comparedRow';

/** Beyond so many words a command is data. */
const maxWords = 1_000;

/** The command lines, or the cells that ran, word by word against the base. @param runs the base first. */
export function commandRows(runs: readonly Run[]): readonly ComparedRow[] {
  const commands = runs.map(({ source }) =>
    source.kind === 'notebook' || source.commandLine === '' ? undefined : source.commandLine,
  );
  const folders = runs.map(({ source }) => (source.kind === 'notebook' ? undefined : source.cwd));
  const cells = runs.map(({ source }) =>
    source.kind === 'notebook' ? `${source.notebook} [${source.cellIndex + 1}]` : undefined,
  );
  return [
    wordsRow('Command', commands),
    wordsRow('Cell', cells),
    wordsRow('Folder', folders),
  ].filter((row) => row.cells.some(({ text }) => text !== ''));
}

function wordsRow(label: string, texts: readonly (string | undefined)[]): ComparedRow {
  const [base] = texts;
  return {
    label,
    cells: texts.map((text, index): ComparedCell => {
      const change = changeOf(base, text, index === 0);
      const spans =
        change === 'changed' && base !== undefined && text !== undefined
          ? commandSpans(base, text)
          : undefined;
      return { text: text ?? '', change, ...(spans === undefined ? {} : { spans }) };
    }),
    differs: texts.some((text) => text !== base),
  };
}

/** The new command in pieces: its words, as they are typed, that the base has not are marked. */
export function commandSpans(base: string, fresh: string): readonly WordSpan[] | undefined {
  const [oldWords, newWords] = [splitCommand(base), splitCommand(fresh)];
  if (oldWords.length > maxWords || newWords.length > maxWords) return undefined;
  const spans: WordSpan[] = [];
  let at = 0;
  let word = 0;
  const add = (end: number, changed: boolean) => {
    if (end > at) spans.push({ text: fresh.slice(at, end), changed });
    at = Math.max(at, end);
  };
  const textsOf = (words: typeof oldWords) => words.map(({ text }) => text);
  for (const { added, removed, count } of diffArrays(textsOf(oldWords), textsOf(newWords))) {
    if (removed) continue;
    for (const { start, end } of newWords.slice(word, word + count)) {
      add(start, false);
      add(end, added);
    }
    word += count;
  }
  add(fresh.length, false);
  return spans;
}
