import type { ExtractedMetric, ExtractedParam } from './extraction';
import type { Finding, Reading, Recogniser } from './finding';
import { peelPrefixes } from './prefixes';
import { boosting } from './recognisers/boosting';
import { createBoxedPairsRecogniser } from './recognisers/boxedPairs';
import { cocoSummary } from './recognisers/cocoSummary';
import { createColumnsRecogniser } from './recognisers/columns';
import { dictLine } from './recognisers/dictLine';
import { gridSearch } from './recognisers/gridSearch';
import { keyValue } from './recognisers/keyValue';
import { optunaTrial } from './recognisers/optunaTrial';
import { createPrintedParamsRecogniser } from './recognisers/printedParams';
import { createProgressRecogniser } from './recognisers/progress';
import { createResultsBlockRecogniser } from './recognisers/resultsBlock';
import { createSeriesGate } from './seriesGate';

export interface LineSink {
  metric(metric: ExtractedMetric): void;
  param(param: ExtractedParam): void;
}

/** Reads final lines one after another and gives each value its place in the training. */
export interface LineReader {
  read(line: string): void;
  end(): void;
  /** The epoch that is open, for values not final yet. */
  epoch(): number | undefined;
}

interface OpenPosition {
  readonly step: number | undefined;
  readonly epoch: number | undefined;
  /** A heading that holds for what follows; else a line whose values have only its own place. */
  readonly heading: boolean;
  readonly line: number;
}

// A validation line stands close below the line of its epoch or iteration.
const NEAR_LINES = 3;
const HEADING_LINES = 200;
const CLOSING =
  /\b(?:train(?:ing)? (?:is )?(?:complete|finished|done|ended)|end of training|finished training|best model|final results?)\b|^\W*(?:results?|test results?)\W*$/i;

export function createLineReader(sink: LineSink): LineReader {
  const recognisers = createRecognisers();
  const gate = createSeriesGate();
  const params = new Map<string, string>();
  let open: OpenPosition | undefined;
  let hasMetrics = false;
  let lineNumber = 0;
  let lastRaw = '';
  let lastPeeled = '';

  function read(raw: string): void {
    lineNumber++;
    const line = peelPrefixes(raw);
    // Two handlers of one logger print each line twice, once with a prefix and once without.
    const doubled = line === lastPeeled && raw !== lastRaw && line.trim() !== '';
    lastPeeled = line;
    lastRaw = raw;
    if (doubled) return;
    if (CLOSING.test(line)) open = undefined;
    for (const recogniser of recognisers) {
      const finding = recogniser.recognise(line, {
        epoch: open?.heading === true ? open.epoch : undefined,
        step: open?.step,
        hasMetrics,
      });
      if (finding === undefined) continue;
      accept(finding, /^\s{2,}/.test(line));
      // A block that ends gives what it held; the line that ended it is read on.
      if (!BLOCKS.has(recogniser.name) || finding.readings.length === 0) break;
    }
  }

  function accept(finding: Finding, indented: boolean): void {
    for (const param of finding.params ?? []) {
      if (params.get(param.key) === param.value) continue;
      params.set(param.key, param.value);
      sink.param(param);
    }
    const accompanied = finding.readings.some(({ certainty }) => certainty === 'sure');
    for (const reading of finding.readings) {
      const metric = place(finding, reading, indented);
      for (const admitted of gate.admit(metric, reading.certainty, accompanied)) tell(admitted);
    }
    if (finding.step === undefined && finding.epoch === undefined) return;
    const keepsEpoch = finding.epoch === undefined && open?.heading === true;
    if (finding.opens === true) {
      open = {
        step: finding.step,
        epoch: finding.epoch ?? (keepsEpoch ? open?.epoch : undefined),
        heading: true,
        line: lineNumber,
      };
    } else if (open?.heading !== true || open.epoch !== finding.epoch) {
      if (keepsEpoch) return;
      open = { step: finding.step, epoch: finding.epoch, heading: false, line: lineNumber };
    }
  }

  function place(finding: Finding, reading: Reading, indented: boolean): ExtractedMetric {
    let step = reading.step ?? finding.step;
    let epoch = reading.epoch ?? finding.epoch;
    const { key, value } = reading;
    const context = reading.context ?? finding.context;
    if (open !== undefined && finding.isFinal !== true) {
      const age = lineNumber - open.line;
      const heading = open.heading && age <= HEADING_LINES;
      const near = age <= NEAR_LINES && (indented || context === 'val');
      if (step === undefined && epoch === undefined && (heading || near)) {
        step = open.step;
        epoch = open.epoch;
      } else if (epoch === undefined && heading && open.step === undefined) epoch = open.epoch;
    }
    return {
      key,
      value,
      ...(step === undefined ? {} : { step }),
      ...(epoch === undefined ? {} : { epoch }),
      ...(context === undefined ? {} : { context }),
    };
  }

  function tell(metric: ExtractedMetric): void {
    hasMetrics = true;
    sink.metric(metric);
  }

  return {
    read,
    end() {
      for (const recogniser of recognisers) {
        const finding = recogniser.end?.();
        if (finding !== undefined) accept(finding, false);
      }
      for (const metric of gate.end()) tell(metric);
    },
    epoch: () => (open?.heading === true ? open.epoch : undefined),
  };
}

const BLOCKS: ReadonlySet<string> = new Set(['boxed-pairs', 'results-block']);

/** Structured formats first, the general one last. */
function createRecognisers(): readonly Recogniser[] {
  return [
    createResultsBlockRecogniser(),
    createBoxedPairsRecogniser(),
    optunaTrial,
    gridSearch,
    cocoSummary,
    boosting,
    dictLine,
    createColumnsRecogniser(),
    createProgressRecogniser(),
    createPrintedParamsRecogniser(),
    keyValue,
  ];
}
