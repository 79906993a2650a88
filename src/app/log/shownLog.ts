import { StringDecoder } from 'node:string_decoder';
import { compilePattern } from '../../core/extract/patterns/compilePattern';
import type { MetricPattern } from '../../core/extract/patterns/metricPattern';
import {
  createPatternTrial,
  type PatternTrial,
  type TrialResult,
} from '../../core/extract/patterns/patternTrial';
import { type LogLine, toLogLine } from '../../core/log/logLine';
import { createScreen } from '../../core/terminal/screen';
import { Cancelled } from '../../core/userError';
import { createPause } from '../pause';
import { createLineBlocks } from './lineBlocks';
import { toBuffer } from './toBuffer';

/** A log as a person saw it, with what a pattern finds in it. */
export interface ShownLog {
  readonly lineCount: number;
  /** Takes the next bytes of it. */
  append(bytes: Uint8Array): void;
  /** There is no more of it. */
  end(): void;
  readLine(line: number): string;
  readLines(start: number, end: number, pattern: MetricPattern | undefined): readonly LogLine[];
  /** The same of the lines alone that the pattern tried last finds something in. */
  readMatching(start: number, end: number, pattern: MetricPattern): readonly LogLine[];
  /** The next line with a text, whatever its case, going round at the end; undefined if there is none. */
  findLine(text: string, from: number, step: 1 | -1): Promise<number | undefined>;
  /** Rejects with `Cancelled` once another is asked for, and with a `UserError` if it cannot be used. */
  tryPattern(pattern: MetricPattern): Promise<TrialResult>;
}

/** Other calls are let in after so much work. */
const sliceMs = 20;
const linesAtOnce = 512;

export function createShownLog(): ShownLog {
  const lines = createLineBlocks();
  const decoder = new StringDecoder('utf8');
  const screen = createScreen({ line: (text) => lines.push(text), frame: () => undefined });
  let trial: { readonly pattern: string; readonly lines: PatternTrial['lines'] } | undefined;
  let lastTrial = 0;
  let lastSearch = 0;

  const mark = (pattern: MetricPattern | undefined) => {
    const compiled = pattern && compileQuietly(pattern);
    return (text: string, line: number) => toLogLine(line, text, compiled?.match(text) ?? []);
  };

  return {
    get lineCount() {
      return lines.count;
    },
    append: (bytes) => screen.push(decoder.write(toBuffer(bytes))),
    end() {
      screen.push(decoder.end());
      screen.end();
    },
    readLine: (line) => lines.read(line, line + 1)[0] ?? '',
    readLines(start, end, pattern) {
      const marked = mark(pattern);
      return lines.read(start, end).map((text, index) => marked(text, start + index));
    },
    readMatching(start, end, pattern) {
      if (trial?.pattern !== JSON.stringify(pattern)) return [];
      const marked = mark(pattern);
      return trial.lines
        .slice(start, end)
        .flatMap((line) => lines.read(line, line + 1).map((text) => marked(text, line)));
    },
    async findLine(text, from, step) {
      const search = ++lastSearch;
      const wanted = text.toLowerCase();
      const pause = createPause(sliceMs);
      const { count } = lines;
      for (let tried = 1; tried <= count; tried++) {
        const line = (((from + step * tried) % count) + count) % count;
        if (
          lines
            .read(line, line + 1)[0]
            ?.toLowerCase()
            .includes(wanted)
        )
          return line;
        if (tried % linesAtOnce === 0) await pause();
        if (search !== lastSearch) throw new Cancelled();
      }
      return undefined;
    },
    async tryPattern(pattern) {
      const number = ++lastTrial;
      const trying = createPatternTrial(pattern);
      const pause = createPause(sliceMs);
      for (let start = 0; start < lines.count; start += linesAtOnce) {
        for (const line of lines.read(start, start + linesAtOnce)) trying.read(line);
        await pause();
        if (number !== lastTrial) throw new Cancelled();
      }
      trial = { pattern: JSON.stringify(pattern), lines: trying.lines };
      return trying.result();
    },
  };
}

function compileQuietly(pattern: MetricPattern) {
  try {
    return compilePattern(pattern);
  } catch {
    // The trial of the same pattern says why.
    return undefined;
  }
}
