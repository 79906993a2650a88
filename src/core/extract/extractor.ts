import { isNeverTraining } from '../command/isNeverTraining';
import { parseCommand } from '../command/parseCommand';
import { createScreen, type OpenRow } from '../terminal/screen';
import { createArtifactFinder } from './artifactPaths';
import { createBarTracker } from './barTracker';
import type { ExtractedLabel, ExtractedMetric, ExtractedParam, Extraction } from './extraction';
import { createLineReader, type LineSink } from './lineReader';
import { EVERY_SIGN, sign, signsOf } from './lineSigns';
import type { PatternMatch } from './patterns/compilePattern';
import type { PatternSet } from './patterns/patternSet';
import { readLive } from './readLive';
import { readLoop } from './sections/loopParams';

export type { ExtractedMetric, ExtractedParam, Extraction } from './extraction';

/** Finds metrics, params and artifacts in what a program prints, while it prints. */
export interface Extractor {
  /** Takes decoded terminal text, cut anywhere; gives what became final through it. */
  push(text: string): Extraction;
  /** Gives what only the end makes final, such as the last frame of a bar. */
  end(): Extraction;
}

export interface ExtractorOptions {
  readonly command?: string;
  /** What the user has named, which stands before what a recogniser finds. */
  readonly patterns?: PatternSet | undefined;
  /** Whether each metric is to say in which row of the screen it stood. */
  readonly tellsRows?: boolean;
  /** Hears every line of the screen as it is told. */
  readonly onLine?: (row: number) => void;
}

const NO_MATCHES: readonly PatternMatch[] = [];
const NOTHING: Extraction = { metrics: [], live: [], params: [], artifacts: [] };

/**
 * The params that the command line names come with the first extraction. Output of a command that
 * never trains (`git log`, `pip install`) gives nothing.
 */
export function createExtractor(options: ExtractorOptions = {}): Extractor {
  const { patterns, tellsRows = false, onLine } = options;
  let openRow = 0;
  const command = options.command === undefined ? undefined : parseCommand(options.command);
  if (command !== undefined && isNeverTraining(command)) {
    return { push: () => NOTHING, end: () => NOTHING };
  }
  let metrics: ExtractedMetric[] = [];
  let params: ExtractedParam[] = [...(command?.params ?? [])];
  let artifacts: string[] = [];
  let labels: ExtractedLabel[] = [];
  let problems: string[] = [];
  const knownArtifacts = new Set<string>();
  const finder = createArtifactFinder();
  const sink: LineSink = {
    metric: (metric) => metrics.push(metric),
    param: (param) => params.push(param),
    artifact: takeArtifact,
    label: (label) => labels.push(label),
    problem: (message) => problems.push(message),
  };
  const loop = options.command === undefined ? undefined : readLoop(options.command);
  const reader = createLineReader(sink, { loop, row: tellsRows ? () => openRow : undefined });
  const tracker = createBarTracker({
    final(text, isBar, row) {
      openRow = row;
      const matches = patterns === undefined ? NO_MATCHES : patterns.match(text);
      const mayBeKnown = !finder.isWaiting();
      const known = mayBeKnown ? reader.readKnown(text, isBar, matches) : 'unknown';
      if (known === 'read') return;
      if (known === 'saying') {
        for (const path of finder.read(text, EVERY_SIGN)) takeArtifact(path);
        return;
      }
      const signs = signsOf(text) | (isBar ? sign.bar : 0);
      for (const path of finder.read(text, signs)) takeArtifact(path);
      reader.read(text, signs, finder.isSaying() || finder.isWaiting(), matches);
    },
  });
  const screen = createScreen(
    onLine === undefined
      ? tracker
      : {
          ...tracker,
          line(text, row) {
            onLine(row);
            tracker.line(text, row);
          },
        },
  );

  function takeArtifact(path: string): void {
    if (knownArtifacts.has(path)) return;
    knownArtifacts.add(path);
    artifacts.push(path);
  }

  /** A frame may be cut within a number: one that no bracket ends is whole once the next is drawn. */
  function liveOf({ text, row, drawn }: OpenRow): readonly ExtractedMetric[] {
    const isWhole = drawn === 'nothing' || (drawn === 'end' && text.endsWith(']'));
    const frame = isWhole ? text : tracker.frameOf(row);
    return frame === undefined ? [] : readLive(frame, reader.epoch());
  }

  function take(live: readonly ExtractedMetric[]): Extraction {
    const sections = reader.takeSections();
    const section = reader.section();
    const extraction = {
      ...{ metrics, live, params, artifacts },
      ...(sections.length > 0 && { sections }),
      ...(section !== 0 && { section }),
      ...(labels.length > 0 && { labels }),
      ...(problems.length > 0 && { problems }),
    };
    metrics = [];
    params = [];
    artifacts = [];
    labels = [];
    problems = [];
    return extraction;
  }

  return {
    push(text) {
      screen.push(text);
      return take(screen.openRows().flatMap(liveOf));
    },
    end() {
      screen.end();
      tracker.end();
      reader.end();
      return take([]);
    },
  };
}
