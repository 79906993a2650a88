import { basename, dirname, relative, sep } from 'node:path';
import type { ExtractedMetric, ExtractedParam } from '../../core/extract/extraction';
import type { FileFormat } from '../../core/formats/fileFormat';
import { isSideFolder } from '../../core/formats/tfSeriesName';
import { seriesKey } from '../../core/recording/seriesKey';
import { createHistoryPoints, createLastPoints, type GivenPoints } from './givenPoints';
import { MetricFile } from './metricFile';

export interface MetricNews {
  readonly metrics: readonly ExtractedMetric[];
  readonly params: readonly ExtractedParam[];
  /** What could not be read, each with the file's path. */
  readonly notes: readonly string[];
  /** Whether there is more to read now. */
  readonly hasMore: boolean;
}

const maxFiles = 500;
/** More series are weights rather than metrics. */
const maxSeries = 5_000;

/** The metrics of one run, from all files that it writes them into. */
export class RunMetrics {
  private readonly files = new Map<string, MetricFile>();
  private readonly histories = new Map<string, GivenPoints>();
  /** Which history a series is taken from: two files of a run often say the same. */
  private readonly owners = new Map<string, string>();
  /** The first folder with event files; the names of the others start from there. */
  private eventFolder: string | undefined;
  private hasTooMany = false;

  has(path: string): boolean {
    return this.files.has(path);
  }

  add(path: string, format: FileFormat): void {
    if (this.files.size >= maxFiles || this.files.has(path)) return;
    const history = historyOf(path, format);
    let given = this.histories.get(history);
    if (given === undefined) {
      given = format.name === 'summary' ? createLastPoints() : createHistoryPoints();
      this.histories.set(history, given);
    }
    const folder = format.name === 'tfevents' ? this.eventFolderParts(dirname(path)) : [];
    this.files.set(path, new MetricFile(path, format, folder, given));
  }

  /** Reads what is new in all files, up to so many bytes in all. */
  read(maxBytes: number, isLast: boolean): MetricNews {
    const metrics: ExtractedMetric[] = [];
    const params: ExtractedParam[] = [];
    const notes: string[] = [];
    let left = maxBytes;
    let hasMore = false;
    const byRank = [...this.files.values()].sort((a, b) => a.format.rank - b.format.rank);
    for (const file of byRank) {
      if (left <= 0) {
        hasMore = true;
        break;
      }
      const reading = file.read(left, isLast);
      left -= reading.bytesRead;
      hasMore ||= reading.hasMore;
      for (const metric of reading.metrics) {
        const named = this.place(metric, file);
        if (named !== undefined) metrics.push(named);
      }
      params.push(...reading.params);
      notes.push(...reading.notes.map((note) => `${file.path}: ${note}`));
    }
    return { metrics, params, notes, hasMore };
  }

  /** The metric under the name that it has in this run; undefined where another file tells of it. */
  private place(metric: ExtractedMetric, file: MetricFile): ExtractedMetric | undefined {
    const history = historyOf(file.path, file.format);
    const key = seriesKey(metric);
    const owner = this.owners.get(key);
    if (owner === history) return metric;
    if (owner === undefined) return this.own(key, history) ? metric : undefined;
    // A second table of the same program, as of another fold, has the same columns.
    if (formatOf(owner) !== file.format.name || file.format.name === 'summary') return undefined;
    const apart = { ...metric, key: `${apartName(pathOf(owner), file.path)}/${metric.key}` };
    const apartKey = seriesKey(apart);
    const apartOwner = this.owners.get(apartKey);
    if (apartOwner === undefined) return this.own(apartKey, history) ? apart : undefined;
    return apartOwner === history ? apart : undefined;
  }

  private own(key: string, history: string): boolean {
    this.hasTooMany = this.owners.size >= maxSeries;
    if (!this.hasTooMany) this.owners.set(key, history);
    return !this.hasTooMany;
  }

  private eventFolderParts(folder: string): readonly string[] {
    this.eventFolder ??= isSideFolder(basename(folder)) ? dirname(folder) : folder;
    return relative(this.eventFolder, folder)
      .split(sep)
      .filter((part) => part !== '' && part !== '..');
  }
}

/** Files that tell one history: event files of one folder, and the states of one training's checkpoints. */
function historyOf(path: string, format: FileFormat): string {
  const folder = dirname(path);
  switch (format.name) {
    case 'tfevents':
      return `${format.name}:${folder}`;
    case 'trainerState': {
      const isCheckpoint = /^checkpoint-\d+$/.test(basename(folder));
      return `${format.name}:${isCheckpoint ? dirname(folder) : folder}`;
    }
    default:
      return `${format.name}:${path}`;
  }
}

function formatOf(history: string): string {
  return history.slice(0, history.indexOf(':'));
}

function pathOf(history: string): string {
  return history.slice(history.indexOf(':') + 1);
}

/** What tells the second path from the first: `fold1` of `fold0/log.csv` and `fold1/log.csv`. */
function apartName(first: string, second: string): string {
  const [before, now] = [first.split(sep), second.split(sep)];
  const differing = now.findIndex((part, at) => part !== before[at]);
  return (now[differing] ?? basename(second)).replace(/\.\w+$/, '');
}
