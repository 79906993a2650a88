import { closesEpoch, saysAll, withTail } from './barTails';
import { codeAt, isBlank } from './charKinds';
import { type ProgressBar, parseProgressBar } from './progressBar';

/** Where a tracker sends what is final. */
export interface BarSink {
  /** A line, or the last frame of a bar, in the order in which they became final. */
  final(text: string, isBar: boolean, row: number): void;
}

/**
 * Keeps, of every redrawn bar, only the last frame. A frame is the last when its bar is complete at a
 * newline, when another bar or another epoch begins in its place, or when the output ends.
 */
export interface BarTracker {
  frame(text: string, row: number): void;
  line(text: string, row: number): void;
  end(): void;
  /** The last whole frame of a bar that stands in a row. */
  frameOf(row: number): string | undefined;
}

interface Held {
  readonly text: string;
  readonly row: number;
  readonly done: number;
  /** `undefined` for text that a program redraws without a bar. */
  readonly total: number | undefined;
  /** The epoch that the text names. */
  readonly epoch: string | undefined;
  /** Other text stands in the bar's row now: it was cleared, or it moved on below that text. */
  displaced: boolean;
  /** What stands before the bar. */
  readonly head: string;
  /** The last row of a bar that goes on in the rows below it. */
  endRow: number;
}

const EPOCH_NUMBER = /\bep(?:och)?s?\b\W{0,4}(\d+)/i;
const EPOCH_HEADER = /^\W*ep(?:och)?s?\b\W{0,4}(\d+)/i;
// More bars than this are never on a screen at once.
const MAX_HELD = 16;
// Rich wraps the last column of a bar: what goes on in the row below stands under its beginning.
const LEAST_WRAPPED_INDENT = 20;

export function createBarTracker(sink: BarSink): BarTracker {
  let held: Held[] = [];
  let lastHeader: string | undefined;
  // A display is erased from its last row up, so that the rows below a bar are heard before it.
  let wrapped = new Map<number, string>();

  function release(which: (each: Held) => boolean): void {
    if (held.length === 0) return;
    const out = held.filter(which);
    if (out.length === 0) return;
    held = held.filter((each) => !which(each));
    for (const each of out)
      if (each.done > 0) sink.final(each.text, each.total !== undefined, each.row);
  }

  function hold(next: Held): void {
    const successors = (each: Held): boolean =>
      each.total === next.total &&
      (each.row === next.row || (next.total !== undefined && isSameHead(each.head, next.head)));
    const before = held.findLast(successors);
    if (before !== undefined && next.done === 0 && before.epoch !== next.epoch) {
      const tail = closesEpoch(before.text, next.text);
      if (tail !== undefined) {
        // Nothing of the next epoch is shown yet, and more of the last may come.
        const closed = { ...before, text: withTail(before.text, tail) };
        held = held.map((each) => (each === before ? closed : each));
        return;
      }
    }
    if (before !== undefined && next.done >= before.done && before.epoch === next.epoch) {
      held = held.filter((each) => each !== before);
    } else if (before !== undefined) {
      release((each) => each === before);
    }
    // Another bar in the same place, or one where the last was cleared: that one is over.
    release((each) => each.row === next.row || each.displaced);
    held.push(next);
    if (held.length > MAX_HELD) release((each) => each === held[0]);
  }

  function holdBar(text: string, row: number): ProgressBar | undefined {
    const bar = parseProgressBar(text);
    if (bar === undefined) return undefined;
    let own = bar.glued === '' ? text : text.slice(0, -bar.glued.length);
    let endRow = row;
    for (let next = wrapped.get(row + 1); next !== undefined; next = wrapped.get(endRow + 1)) {
      if (!goesOn(text, next)) break;
      own += ` ${next.trimStart()}`;
      endRow++;
    }
    if (wrapped.size > 0) wrapped = new Map();
    const { done, total, head } = bar;
    hold({ text: own, row, done, total, epoch: epochIn(own), displaced: false, head, endRow });
    return bar;
  }

  /** Adds to a bar the row below it, if it goes on there. */
  function goesOnIn(text: string, row: number): boolean {
    const bar = held.find((each) => each.total !== undefined && each.endRow === row - 1);
    if (bar === undefined || !goesOn(bar.text, text)) return false;
    const joined = { ...bar, text: `${bar.text} ${text.trimStart()}`, endRow: row };
    held = held.map((each) => (each === bar ? joined : each));
    return true;
  }

  /** Settles what is held when a line of text stands in a row. */
  function passOver(text: string, row: number, opensEpoch: boolean): void {
    const redrawn = held.find((each) => each.row === row && each.total === undefined);
    if (redrawn !== undefined && redrawn.epoch === epochIn(text)) {
      held = held.filter((each) => each !== redrawn);
    }
    // Poutyne ends its bar with a line in the same row that says the same of the whole epoch.
    const ended = held.find((each) => each.row === row && each.total !== undefined);
    if (ended !== undefined && ended.epoch === epochIn(text) && saysAll(text, ended.text)) {
      held = held.filter((each) => each !== ended);
    }
    release((each) => opensEpoch || each.total === undefined || each.done >= each.total);
    for (const each of held) if (each.row === row) each.displaced = true;
  }

  return {
    frame(text, row) {
      if (isIndented(text) && parseProgressBar(text) === undefined) wrapped.set(row, text);
      if (holdBar(text, row) !== undefined) return;
      const epoch = epochIn(text);
      if (epoch !== undefined)
        hold({
          text,
          row,
          done: 1,
          total: undefined,
          epoch,
          displaced: false,
          head: '',
          endRow: row,
        });
      else if (text.trim() !== '') release((each) => each.row === row && each.total === undefined);
    },
    line(text, row) {
      if (text === '') return;
      if (held.length > 0 && isIndented(text) && goesOnIn(text, row)) return;
      const bar = holdBar(text, row);
      if (bar !== undefined) {
        // A drawn bar may go on in the next row.
        if (bar.done >= bar.total && bar.kind !== 'drawn') release((each) => each.row === row);
        const glued = bar.glued.trim();
        if (glued !== '') sink.final(glued, parseProgressBar(glued) !== undefined, row);
        return;
      }
      // The header of the next epoch must not lend its number to the bar of the last.
      const header = EPOCH_HEADER.exec(text)?.[1];
      if (held.length > 0) passOver(text, row, header !== undefined && header !== lastHeader);
      lastHeader = header ?? lastHeader;
      sink.final(text, false, row);
    },
    end() {
      release(() => true);
    },
    frameOf: (row) => held.findLast((each) => each.row === row && each.total !== undefined)?.text,
  };
}

/** Whether two bars are called alike, whatever their numbers. */
function isSameHead(a: string, b: string): boolean {
  return a === b || a.replace(NUMBERS, '') === b.replace(NUMBERS, '');
}

const NUMBERS = /[\d\s]+/g;

function isIndented(text: string): boolean {
  for (let at = 0; at < LEAST_WRAPPED_INDENT; at++) if (!isBlank(codeAt(text, at))) return false;
  return true;
}

/** Whether a row stands under the beginning of a word of the bar above it. */
function goesOn(bar: string, row: string): boolean {
  const indent = row.length - row.trimStart().length;
  return bar.charAt(indent - 1) === ' ' && bar.charAt(indent).trim() !== '';
}

function epochIn(text: string): string | undefined {
  return EPOCH_NUMBER.exec(text)?.[1];
}
