/** A number of a text and what became of it, both as written. */
export interface NumberChange {
  /** 0-based, the same on both sides. */
  readonly line: number;
  readonly old: string;
  readonly new: string;
  /** New less old, rounded to the digits that are shown; undefined where one is not finite. */
  readonly delta?: number;
}

/** A number that is no part of a name; signs count only where they cannot be a minus or a range. */
const number =
  /(?<![\p{L}\p{N}_.])(?:(?<![\p{N})\]])[-+])?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?(?![\p{L}\p{N}_])/gu;
/** Beyond it nobody reads the numbers one by one. */
const maxChars = 200_000;

/** The numbers that differ, in order, if the two texts differ in nothing else; else undefined. */
export function numberChanges(oldText: string, newText: string): NumberChange[] | undefined {
  if (oldText === newText || oldText.length + newText.length > maxChars) return undefined;
  const oldLines = oldText.split('\n');
  const newLines = newText.split('\n');
  if (oldLines.length !== newLines.length) return undefined;
  const changes: NumberChange[] = [];
  for (const [line, oldLine] of oldLines.entries()) {
    const newLine = newLines[line] ?? '';
    if (oldLine === newLine) continue;
    // Blanks that align columns vary with the digits.
    if (skeleton(oldLine) !== skeleton(newLine)) return undefined;
    const newNumbers = newLine.match(number) ?? [];
    for (const [i, old] of (oldLine.match(number) ?? []).entries()) {
      const fresh = newNumbers[i];
      if (fresh !== undefined && fresh !== old) changes.push({ line, ...numberChange(old, fresh) });
    }
  }
  return changes.length === 0 ? undefined : changes;
}

function skeleton(line: string): string {
  return line.replace(number, '0').replace(/\s+/g, ' ');
}

/** Two numbers as written, and their difference. */
export function numberChange(old: string, fresh: string): Omit<NumberChange, 'line'> {
  const delta = numberDelta(old, fresh);
  return { old, new: fresh, ...(delta === undefined ? {} : { delta }) };
}

const whole = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;

/** New less old; undefined unless both texts are finite numbers. */
export function numberDelta(old: string, fresh: string): number | undefined {
  if (!whole.test(old) || !whole.test(fresh)) return undefined;
  const delta = Number(fresh) - Number(old);
  if (!Number.isFinite(delta)) return undefined;
  // 0.93 - 0.91 is 0.020000000000000018.
  return Number(delta.toPrecision(12));
}
