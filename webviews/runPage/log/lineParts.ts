import type { StyledLine } from '../../../src/core/log/styledLine';
import type { TextStyle } from '../../../src/core/terminal/textStyle';

/** A piece of a line that looks the same from its beginning to its end. */
export interface LinePart {
  readonly text: string;
  readonly style: TextStyle | undefined;
  readonly isFound: boolean;
}

/** A line in pieces. Joined they are its text. */
export function linePartsOf({ text, spans, found }: StyledLine): readonly LinePart[] {
  const cuts = new Set([0, text.length]);
  for (const { start, end } of [...spans, ...found]) {
    cuts.add(Math.min(start, text.length));
    cuts.add(Math.min(end, text.length));
  }
  const places = [...cuts].sort((a, b) => a - b);
  const parts: LinePart[] = [];
  let span = 0;
  let hit = 0;
  for (const [index, start] of places.slice(0, -1).entries()) {
    while ((spans[span]?.end ?? Number.POSITIVE_INFINITY) <= start) span++;
    while ((found[hit]?.end ?? Number.POSITIVE_INFINITY) <= start) hit++;
    const own = spans[span];
    const style = own !== undefined && own.start <= start ? own.style : undefined;
    const isFound = (found[hit]?.start ?? Number.POSITIVE_INFINITY) <= start;
    parts.push({ text: text.slice(start, places[index + 1]), style, isFound });
  }
  return parts;
}
