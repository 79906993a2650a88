import type { FindMatch } from '../../src/core/notebook/view/findInDiff';

/** At most so many marks: more nobody tells apart. */
const maxMarks = 2_000;

/**
 * Marks what was found in the lines that are drawn, without touching the document: the browser paints
 * ranges by `::highlight()`.
 *
 * @returns the line of the current match, if it is drawn.
 */
export function markMatches(
  root: HTMLElement,
  text: string,
  matchCase: boolean,
  current: FindMatch | undefined,
): HTMLElement | undefined {
  CSS.highlights.delete('find');
  CSS.highlights.delete('find-current');
  if (text === '') return undefined;
  const fold = (value: string) => (matchCase ? value : value.toLowerCase());
  const wanted = fold(text);
  const all: Range[] = [];
  const currentLine = current && findLine(root, current);
  for (const line of root.querySelectorAll<HTMLElement>('.line, .data-table td, .data-table th')) {
    const content = fold(line.textContent ?? '');
    let nth = 0;
    for (
      let at = content.indexOf(wanted);
      at !== -1;
      at = content.indexOf(wanted, at + wanted.length)
    ) {
      const range = rangeOf(line, at, at + wanted.length);
      if (range === undefined || all.length > maxMarks) break;
      if (line === currentLine && nth === current?.nth) {
        CSS.highlights.set('find-current', new Highlight(range));
      } else all.push(range);
      nth += 1;
    }
  }
  if (all.length > 0) CSS.highlights.set('find', new Highlight(...all));
  return currentLine;
}

function findLine(
  root: HTMLElement,
  { row, part, side, line }: FindMatch,
): HTMLElement | undefined {
  const cell = root.querySelector(`#cell-${row}`);
  return cell?.querySelector<HTMLElement>(`[data-at="${part}:${side}:${line}"]`) ?? undefined;
}

function rangeOf(element: HTMLElement, from: number, to: number): Range | undefined {
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let at = 0;
  let hasStart = false;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (!hasStart && from < at + length) {
      range.setStart(node, from - at);
      hasStart = true;
    }
    if (hasStart && to <= at + length) {
      range.setEnd(node, to - at);
      return range;
    }
    at += length;
  }
  return undefined;
}
