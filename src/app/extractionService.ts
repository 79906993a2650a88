import type { ShellDialect } from '../core/command/quoteWord';
import type { Extraction } from '../core/extract/extraction';
import { createExtractor, type Extractor } from '../core/extract/extractor';
import {
  type MetricPattern,
  type PatternProblem,
  readPatterns,
} from '../core/extract/patterns/metricPattern';
import { createPatternSets, objectionTo } from '../core/extract/patterns/patternSet';
import type { ChangedCommand, ParamChange } from '../core/params/changeArguments';
import { changeRunArguments } from '../core/params/changeRunArguments';
import { type CellInput, readCellParams } from '../core/params/readCellParams';
import { type RunInput, type RunParams, readRunParams } from '../core/params/readRunParams';
import { decodeLog } from '../core/terminal/decodeLog';
import { type ConfigFile, ProjectReader } from './projectReader';

export interface ParamsReading extends RunParams {
  /** The configuration files that they were read from, as they are now. */
  readonly files: readonly ConfigFile[];
}

/** Extraction of many streams at once, each under an id; the other side of a worker. */
export interface ExtractionService {
  /** @param patterns those of the user, if there are any; what cannot be used of them is left out. */
  open(streamId: string, command: string | undefined, patterns?: readonly MetricPattern[]): void;
  /** What became known through this text, which may be cut anywhere. */
  push(streamId: string, text: string): Extraction;
  /** What the unfinished last line still gives; forgets the stream. */
  end(streamId: string): Extraction;
  /** What is wrong with the setting that holds the user's patterns. */
  checkPatterns(setting: unknown): readonly PatternProblem[];
  /** A raw log as a person would have seen it in the end: no escapes, redrawn lines as they stood last. */
  decodeLog(raw: Uint8Array): string;
  /** The params of a run that starts: its arguments, its configuration files, its script's defaults. */
  readParams(input: RunInput | CellInput): ParamsReading;
  /** The command line that runs the same with other params. */
  changeArguments(
    commandLine: string,
    input: RunInput,
    changes: readonly ParamChange[],
    dialect: ShellDialect,
  ): ChangedCommand;
}

export function createExtractionService(): ExtractionService {
  const extractors = new Map<string, Extractor>();
  const extractorOf = (streamId: string): Extractor => {
    const extractor = extractors.get(streamId);
    if (!extractor) throw new Error(`No stream ${streamId} is open`);
    return extractor;
  };
  const patternSetOf = createPatternSets();
  return {
    open(streamId, command, patterns) {
      const options = command === undefined ? {} : { command };
      extractors.set(streamId, createExtractor({ ...options, patterns: patternSetOf(patterns) }));
    },
    checkPatterns: (setting) => readPatterns(setting, objectionTo).problems,
    push: (streamId, text) => extractorOf(streamId).push(text),
    end(streamId) {
      const rest = extractorOf(streamId).end();
      extractors.delete(streamId);
      return rest;
    },
    readParams(input) {
      const reader = new ProjectReader();
      const read = 'cells' in input ? readCellParams(input, reader) : readRunParams(input, reader);
      return { ...read, files: reader.configFiles };
    },
    changeArguments: (commandLine, input, changes, dialect) =>
      changeRunArguments(commandLine, input, changes, dialect, new ProjectReader()),
    decodeLog: (raw) => decodeLog(new TextDecoder().decode(raw)),
  };
}
