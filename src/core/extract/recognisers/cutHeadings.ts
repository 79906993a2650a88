import type { Cell } from '../tableCells';

// Ultralytics' TQDM (ultralytics/utils/tqdm.py) cuts the heading of a table where the window ends.
const HEADINGS: readonly (readonly string[])[] = [
  ['Class', 'Images', 'Instances', 'Box(P', 'R', 'mAP50', 'mAP50-95)'],
];

/**
 * The cells of a heading whose last one was cut, as in `Images  Instances  Box(P  R  mA…:`, with what
 * the program would have printed; `undefined` if the heading is whole or not known.
 */
export function completeCutHeading(cells: readonly Cell[]): readonly Cell[] | undefined {
  const last = cells.at(-1);
  const cut = last === undefined ? -1 : last.text.indexOf('…');
  if (last === undefined || cut === -1) return undefined;
  const place = cells.length - 1;
  const whole = HEADINGS.find(
    (words) =>
      words[place]?.startsWith(last.text.slice(0, cut)) === true &&
      cells.every(({ text }, at) => at === place || text === words[at]),
  );
  if (whole === undefined) return undefined;
  const missing = whole.slice(place).map((text) => ({ ...last, text }));
  return [...cells.slice(0, place), ...missing];
}
