import { createBarPlaces } from './barPlaces';
import { codeAt, isBlank } from './charKinds';
import type { ExtractedLabel, ExtractedMetric, ExtractedParam, SectionEvent } from './extraction';
import type { Finding, LineContext, OpenTable, Reading, Recogniser } from './finding';
import { MAX_FORM_CHARS } from './lineForm';
import { createLinePlans } from './linePlans';
import { readProtocolLine } from './lineProtocol';
import { sign, signsOf } from './lineSigns';
import { claimNumbers } from './patterns/claimNumbers';
import type { PatternMatch } from './patterns/compilePattern';
import { peelPrefixes } from './prefixes';
import { MalformedLine, type ProtocolReport } from './protocolReport';
import { rankOf } from './rankOf';
import { boosting } from './recognisers/boosting';
import { createBoxedPairsRecogniser } from './recognisers/boxedPairs';
import { cocoSummary } from './recognisers/cocoSummary';
import { createColumnsRecogniser } from './recognisers/columns';
import { dictLine } from './recognisers/dictLine';
import { createDiffHunkRecogniser } from './recognisers/diffHunk';
import { gridSearch } from './recognisers/gridSearch';
import { keyValue } from './recognisers/keyValue';
import { createNamedRowsRecogniser } from './recognisers/namedRows';
import { optunaTrial } from './recognisers/optunaTrial';
import { createPrintedParamsRecogniser } from './recognisers/printedParams';
import { progress } from './recognisers/progress';
import { createResultsBlockRecogniser } from './recognisers/resultsBlock';
import { sentences } from './recognisers/sentences';
import { createTracebackRecogniser } from './recognisers/traceback';
import { valueFirst } from './recognisers/valueFirst';
import { createVowpalWabbitRecogniser } from './recognisers/vowpalWabbit';
import { createWandbSummaryRecogniser } from './recognisers/wandbSummary';
import { type Heading, readHeading } from './sections/heading';
import type { LoopParams } from './sections/loopParams';
import { createSectionTracker } from './sections/sectionTracker';
import { saysContinuation, saysCrash } from './sections/signsOfParts';
import { createSeriesGate, type SeriesGate } from './seriesGate';
import { contextOfText, type DataSide } from './vocabulary';

export interface LineSink {
  metric(metric: ExtractedMetric): void;
  param(param: ExtractedParam): void;
  /** A file that the program reports by itself. */
  artifact(path: string): void;
  label(label: ExtractedLabel): void;
  /** A line of the line protocol that cannot be understood. */
  problem(message: string): void;
}

/** Reads final lines one after another and gives each value its place in the training. */
export interface LineReader {
  /**
   * Reads a line, or a bar, if those of its form are known well.
   *
   * @returns `unknown` if it must be read whole; `saying` if it is read and may name a file.
   */
  readKnown(
    line: string,
    isBar: boolean,
    matches?: readonly PatternMatch[],
  ): 'unknown' | 'read' | 'saying';
  /**
   * Reads a line whole. `signs` are the line's; `isSaying` if lines of its form may name a file.
   *
   * @param matches what the user's patterns name in it.
   */
  read(line: string, signs: number, isSaying: boolean, matches?: readonly PatternMatch[]): void;
  end(): void;
  /** The epoch that is open, for values not final yet. */
  epoch(): number | undefined;
  /** The section that is open. */
  section(): number;
  /** What became known of sections since the last call. */
  takeSections(): readonly SectionEvent[];
}

interface OpenPosition {
  readonly step: number | undefined;
  readonly epoch: number | undefined;
  /** A heading that holds for what follows; else a line whose values have only its own place. */
  readonly heading: boolean;
  readonly line: number;
  readonly context: string | undefined;
}

// A validation line stands close below the line of its epoch or iteration.
const NEAR_LINES = 3;
const HEADING_LINES = 200;
// `Eval begin...`, `** Reported on validation data. **`, `Test Error:`.
const ANNOUNCES = /^\W{0,12}[A-Za-z][\w .-]*(?::|\.{3}|\*\*|\b(?:begin|start)\w*)\W{0,12}$/i;
const LONGEST_ANNOUNCEMENT_CHARS = 80;
const LONGEST_PROBLEM_CHARS = 200;
const ANNOUNCED_LINES = 12;
const CLOSING =
  /\b(?:train(?:ing)? (?:is )?(?:complete|finished|done|ended)|end of training|finished (?:training|optimization)|best model|final results?)\b|^\W*(?:results?|test results?)\W*$/i;

export interface LineReaderOptions {
  /** Off, each line is read whole, which must give the same. */
  readonly learns?: boolean;
  /** What the loop of the command gives its turns. */
  readonly loop?: LoopParams | undefined;
  /** Where the line stands that is read, if its metrics are to say so. */
  readonly row?: (() => number) | undefined;
}

export function createLineReader(
  sink: LineSink,
  { learns = true, loop, row }: LineReaderOptions = {},
): LineReader {
  const recognisers = createRecognisers();
  const blocks = recognisers.filter(({ isOpen }) => isOpen !== undefined);
  const sections = createSectionTracker(loop, takeParam);
  const gate = createSeriesGate(sections, tell);
  /** What a program reports is a series apart from what it prints, though it be the same. */
  let reportGate: SeriesGate | undefined;
  const params = new Map<string, string>();
  const plans = createLinePlans();
  const bars = createBarPlaces();
  let mayLearn = false; // the next line, once it is read whole
  let table: OpenTable | undefined; // that is open above it
  let tableRow: Finding | undefined; // what a table last made of a line
  let isTableAsked = false; // about the line that was read last
  let open: OpenPosition | undefined;
  let announced: { readonly side: DataSide; readonly line: number } | undefined;
  let hasMetrics = false;
  let lineNumber = 0;
  let lastRaw = '';
  let lastPeeled = '';
  /** What the line says of the training it belongs to. */
  let heading: Heading | undefined;
  let headingNumber: number | undefined;

  function readKnown(
    raw: string,
    isBar: boolean,
    matches: readonly PatternMatch[] = [],
  ): ReturnType<LineReader['readKnown']> {
    mayLearn = learns && raw.length <= MAX_FORM_CHARS && !isWithinBlock();
    const known = mayLearn ? plans.read(raw, isBar ? BAR_HASH : 0, table) : undefined;
    if (known === undefined) return 'unknown';
    const result = known.isSaying ? 'saying' : 'read';
    mayLearn = false;
    lineNumber++;
    if (isDoubled(raw, known.line)) return result;
    if (known.isRow) table?.pass(true);
    headingNumber = undefined;
    const given = claimed(raw, matches, known.finding);
    if (given !== undefined) accept(given, known.isDependent);
    return result;
  }

  /** Whether a block is open, so that a line means what its place in it says; notes a table that is. */
  function isWithinBlock(): boolean {
    table = undefined;
    for (const recogniser of blocks) {
      if (recogniser.isOpen?.() !== true) continue;
      const open = recogniser.table?.();
      if (open === undefined || table !== undefined) return true;
      table = open;
    }
    return false;
  }

  /** Two handlers of one logger print each line twice, once with a prefix and once without. */
  function isDoubled(raw: string, line: string): boolean {
    const doubled = line === lastPeeled && raw !== lastRaw && line.trim() !== '';
    lastPeeled = line;
    lastRaw = raw;
    return doubled;
  }

  function read(
    raw: string,
    signs: number,
    isSaying: boolean,
    matches: readonly PatternMatch[] = [],
  ): void {
    const learnsThis = mayLearn;
    mayLearn = false;
    const above = table;
    lineNumber++;
    const line = peelPrefixes(raw);
    const own = line === raw ? signs : signsOf(line) | (signs & sign.bar);
    if (isDoubled(raw, line) || readReport(line)) return;
    const isCrash = saysCrash(line, own);
    if (isCrash) sections.crashed();
    const continues = saysContinuation(line, own);
    if (continues !== undefined) sections.continues(line, continues === 'certain');
    heading = readHeading(line, own);
    headingNumber = heading?.number;
    const isHeading = heading !== undefined || isCrash || continues !== undefined;
    const closes = (own & sign.closing) !== 0 && CLOSING.test(line);
    if (closes) open = undefined;
    const claim = (found: Finding | undefined) => claimed(raw, matches, found);
    const finding = recognise(line, own, claim);
    const isReport = matches.length > 0 || (finding !== undefined && finding.readings.length > 0);
    const announces = isReport || (own & sign.side) === 0 ? undefined : announcement(line, own);
    announced = announces ?? announced;
    announceHeading(false);
    if (!learnsThis) return;
    const isBlock = isWithinBlock();
    // Too many other lines have closed the table: what this one is does not lie in its form.
    if (above !== undefined && table === undefined) return;
    const changes =
      closes || isHeading || announces !== undefined || finding?.params !== undefined || isBlock;
    plans.learn(raw, above, {
      line,
      finding,
      isDependent: isDependent(line),
      isRow: above !== undefined && finding !== undefined && finding === tableRow,
      isSaying,
      isEarly: !isTableAsked,
      isRepeatable: !changes && table === above,
    });
  }

  /** Reads a line of the line protocol. */
  function readReport(line: string): boolean {
    try {
      const report = readProtocolLine(line);
      if (report !== undefined) acceptReport(report);
      return report !== undefined;
    } catch (error) {
      if (!(error instanceof MalformedLine)) throw error;
      sink.problem(`${error.message}: ${line.slice(0, LONGEST_PROBLEM_CHARS)}`);
      return true;
    }
  }

  function acceptReport(report: ProtocolReport): void {
    const { step, epoch, context, name } = report;
    const place = {
      ...(step === undefined ? {} : { step }),
      ...(epoch === undefined ? {} : { epoch }),
      ...(context === undefined ? {} : { context }),
      ...(row === undefined ? {} : { row: row() }),
    };
    if (report.endsPart === true) sections.end();
    if (report.part !== undefined) sections.begin(report.part);
    reportGate ??= createSeriesGate(sections, tell);
    for (const metric of report.metrics ?? []) {
      reportGate.admit({ ...metric, ...place, isReported: true }, 'sure', true);
    }
    const section = sections.section();
    const said = (report.params ?? []).map((param) => ({ ...param, origin: 'client' }) as const);
    if (said.length > 0) sections.params(said);
    for (const tag of report.tags ?? []) sink.label({ kind: 'tag', ...tag, section });
    for (const path of report.artifacts ?? []) sink.artifact(path);
    if (name !== undefined) sink.label({ kind: 'name', name, section });
  }

  function takeParam(param: ExtractedParam, section: number): void {
    const key = `${section}:${param.key}`;
    if (params.get(key) === param.value) return;
    params.set(key, param.value);
    sink.param(section === 0 ? param : { ...param, section });
  }

  /** Once a line, ahead of its own points. */
  function announceHeading(isInline: boolean): void {
    if (heading !== undefined) sections.heading(heading, isInline);
    heading = undefined;
  }

  function announcement(line: string, signs: number): typeof announced {
    if ((signs & sign.digit) !== 0 || line.length > LONGEST_ANNOUNCEMENT_CHARS) return undefined;
    if (!ANNOUNCES.test(line)) return undefined;
    const side = contextOfText(line);
    return side === undefined ? undefined : { side, line: lineNumber };
  }

  /** The side of the data that a line above has announced for lines that name none. */
  function announcedSide(positioned: boolean): DataSide | undefined {
    if (announced === undefined) return undefined;
    const reach = positioned ? NEAR_LINES : ANNOUNCED_LINES;
    return lineNumber - announced.line <= reach ? announced.side : undefined;
  }

  /** Takes what the first recogniser finds that wants the line, as `claim` leaves it; gives it as it was found. */
  function recognise(
    line: string,
    signs: number,
    claim: (found: Finding | undefined) => Finding | undefined,
  ): Finding | undefined {
    let context = contextOf(signs);
    isTableAsked = false;
    for (const recogniser of recognisers) {
      if (recogniser.table !== undefined) isTableAsked = true;
      if ((signs & recogniser.needs) !== recogniser.needs) continue;
      const finding = recogniser.recognise(line, context);
      if (finding === undefined) continue;
      if (recogniser.table !== undefined) tableRow = finding;
      // A block that ends gives what it held; the line that ended it is read on.
      const ends = BLOCKS.has(recogniser.name) && finding.readings.length > 0;
      const given = ends ? finding : claim(finding);
      if (!ends) announceHeading((given?.readings.length ?? 0) > 0);
      if (given !== undefined) accept(given, isDependent(line));
      if (!ends) return finding;
      context = contextOf(signs);
    }
    const named = claim(undefined);
    if (named !== undefined) accept(named, isDependent(line));
    return undefined;
  }

  function contextOf(signs: number): LineContext {
    const epoch = open?.heading === true ? open.epoch : undefined;
    return { epoch, step: open?.step, hasMetrics, signs };
  }

  function accept(found: Finding, dependent: boolean): void {
    const epoch = open?.heading === true ? open.epoch : undefined;
    const finding = bars.place(found, epoch, announcedSide(true));
    if (finding.params !== undefined) sections.params(finding.params);
    const accompanied = finding.readings.some(isSure);
    const rank = finding.readings.length === 0 ? undefined : rankOf(lastRaw, lastPeeled);
    for (const reading of finding.readings) {
      const metric = place(finding, reading, dependent);
      gate.admit(rank === undefined ? metric : { ...metric, rank }, reading.certainty, accompanied);
    }
    openAt(finding);
  }

  /** Takes the position that a finding names for itself as the one of the lines below it. */
  function openAt(finding: Finding): void {
    const { step, context } = finding;
    if (step === undefined && finding.epoch === undefined) return;
    const isSide = context === 'val' || context === 'test';
    // Steps alone go on within the epoch that is open: its batches, or its validation's.
    const keepsEpoch = finding.epoch === undefined && (isSide || open?.heading === true);
    const epoch = finding.epoch ?? (keepsEpoch ? open?.epoch : undefined);
    const heading = finding.opens === true;
    if (!heading && open?.heading === true && open.epoch === epoch) return;
    open = {
      step: isSide && !heading ? undefined : step,
      epoch,
      heading,
      line: lineNumber,
      context,
    };
  }

  function place(finding: Finding, reading: Reading, isBelow: boolean): ExtractedMetric {
    // What the user names belongs to the lines above, and is called what the user says, nothing more.
    const isNamed = reading.isNamed === true;
    const dependent = isBelow || isNamed;
    let step = reading.step ?? finding.step;
    let epoch = reading.epoch ?? finding.epoch;
    let context = isNamed ? reading.context : (reading.context ?? finding.context);
    if (open !== undefined && finding.isFinal !== true) {
      const age = lineNumber - open.line;
      const near = age <= NEAR_LINES && !open.heading;
      if (near && isBelow && !isNamed) context ??= open.context;
      // After `Epoch 3/3` stands what belongs to it, save the test of the finished model.
      const below =
        open.heading &&
        age <= HEADING_LINES &&
        (context !== 'test' || dependent || open.step !== undefined);
      if (step === undefined && epoch === undefined) {
        if (below || (near && (dependent || context === 'val'))) ({ step, epoch } = open);
        else if (near && context === 'test') epoch = open.epoch;
      } else if (epoch === undefined && (below || (near && context !== 'train'))) {
        epoch = open.epoch;
      }
    }
    // `[Fold 3] Epoch 2`: the number of a heading that counts nothing within its training.
    if (epoch !== undefined && step !== undefined && step === headingNumber) step = undefined;
    if (!isNamed) context ??= announcedSide(step !== undefined || epoch !== undefined);
    const metric: { -readonly [Key in keyof ExtractedMetric]: ExtractedMetric[Key] } = {
      key: reading.key,
      value: reading.value,
    };
    if (step !== undefined) metric.step = step;
    if (epoch !== undefined) metric.epoch = epoch;
    if (context !== undefined) metric.context = context;
    if (row !== undefined) metric.row = row();
    return metric;
  }

  function tell(metric: ExtractedMetric): void {
    hasMetrics = true;
    sink.metric(metric);
  }

  return {
    readKnown,
    read,
    end() {
      for (const recogniser of recognisers) {
        const finding = recogniser.end?.();
        if (finding !== undefined) accept(finding, false);
      }
      gate.end();
      sections.finish();
    },
    epoch: () => (open?.heading === true ? open.epoch : undefined),
    section: () => sections.section(),
    takeSections: () => sections.takeEvents(),
  };
}

/** Sets the forms of bars apart. */
const BAR_HASH = 0x5bd1e995;

/** What a line says: what the user names in it, and what else was found. */
function claimed(
  raw: string,
  matches: readonly PatternMatch[],
  found: Finding | undefined,
): Finding | undefined {
  return matches.length === 0 ? found : claimNumbers(raw, matches, found);
}

function isSure({ certainty }: Reading): boolean {
  return certainty === 'sure';
}

/** Whether a line belongs to the one above it, by its indent or its `*`. */
function isDependent(line: string): boolean {
  if (isBlank(codeAt(line, 0)) && isBlank(codeAt(line, 1))) return true;
  return line.trimStart().startsWith('*');
}

const BLOCKS: ReadonlySet<string> = new Set(['boxed-pairs', 'results-block', 'wandb-summary']);

/** Structured formats first, the general one last. */
function createRecognisers(): readonly Recogniser[] {
  return [
    createTracebackRecogniser(),
    createDiffHunkRecogniser(),
    createWandbSummaryRecogniser(),
    createResultsBlockRecogniser(),
    createBoxedPairsRecogniser(),
    optunaTrial,
    gridSearch,
    cocoSummary,
    boosting,
    createVowpalWabbitRecogniser(),
    createNamedRowsRecogniser(),
    sentences,
    valueFirst,
    dictLine,
    createColumnsRecogniser(),
    progress,
    createPrintedParamsRecogniser(),
    keyValue,
  ];
}
