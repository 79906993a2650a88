import { type DSV, dsvFormat } from 'd3-dsv';
import type { ExtractedMetric } from '../extract/extraction';
import { type ColumnKind, columnKind, timeMs } from './columnKinds';
import type { FormatDecoder, FormatReading } from './formatReading';
import { createUtf8Decoder } from './utf8Text';

export interface CsvLogOptions {
  /** The name of the only series, where the file's path says it better than its header. */
  readonly key?: string | undefined;
}

/** A longer line, or one with more fields, is none of a metric log. */
const maxLineChars = 256 * 1024;
const maxColumns = 2_000;

interface Column {
  readonly index: number;
  readonly name: string;
}

interface Header {
  readonly width: number;
  readonly step: Column | undefined;
  readonly epoch: Column | undefined;
  readonly time: Column | undefined;
  readonly metrics: readonly Column[];
}

/**
 * Reads a table of metrics with a header and a column that counts steps or epochs, separated by
 * commas, semicolons or tabs: Keras' `CSVLogger` (`epoch,loss,val_loss`), Lightning's `metrics.csv`
 * (`epoch,step,train_loss,…` with empty fields), Ultralytics' `results.csv` (names padded with
 * blanks), timm's `summary.csv`, DVCLive's `plots/metrics/*.tsv`, CatBoost's `learn_error.tsv`,
 * Stable-Baselines3's and RLlib's `progress.csv`. Of a file with another header nothing is read.
 */
export function createCsvLogDecoder({ key }: CsvLogOptions = {}): FormatDecoder {
  const decoder = createUtf8Decoder();
  let carried = '';
  let format: DSV = dsvFormat(',');
  let header: Header | undefined;
  /** Why nothing of it is read, once that is known. */
  let refusal: string | undefined;

  function take(text: string): FormatReading {
    if (refusal !== undefined) return { metrics: [], params: [], notes: [] };
    try {
      return { metrics: readLines(text), params: [], notes: [] };
    } catch {
      refusal = 'It is no table that can be read.';
    }
    return { metrics: [], params: [], notes: [refusal] };
  }

  function readLines(text: string): ExtractedMetric[] {
    let body = text;
    if (header === undefined) {
      const start = /\S/.exec(text)?.index;
      if (start === undefined) return [];
      format = dsvFormat(findDelimiter(text.slice(start, text.indexOf('\n', start))));
      body = text.slice(start);
    }
    const rows = format.parseRows(body, (row) => row.map((field) => field.trim()));
    const metrics: ExtractedMetric[] = [];
    for (const row of rows) {
      if (header === undefined) {
        header = readHeader(row, key);
        if (header === undefined) refusal = '';
      } else if (row.length === header.width && refusal === undefined)
        readRow(row, header, metrics);
    }
    return metrics;
  }

  return {
    push(bytes) {
      if (refusal !== undefined) return { metrics: [], params: [], notes: [] };
      const text = carried + decoder.decode(bytes, { stream: true });
      const { end, longest } = measureLines(text);
      carried = text.slice(end);
      if (longest > maxLineChars) {
        refusal = 'It has a line too long for a table of metrics.';
        carried = '';
        return { metrics: [], params: [], notes: [refusal] };
      }
      return end === 0 ? take('') : take(text.slice(0, end));
    },
    end() {
      const rest = carried + decoder.decode();
      carried = '';
      return take(rest.trim() === '' ? '' : `${rest}\n`);
    },
  };
}

/**
 * Where the last line ends that is whole, also where a quoted field holds line ends, and how long the
 * longest line is, with what follows the last.
 */
function measureLines(text: string): { readonly end: number; readonly longest: number } {
  let isQuoted = false;
  let end = 0;
  let longest = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) isQuoted = !isQuoted;
    else if (code === 10 && !isQuoted) {
      longest = Math.max(longest, at - end);
      end = at + 1;
    }
  }
  return { end, longest: Math.max(longest, text.length - end) };
}

function findDelimiter(line: string): string {
  const count = (character: string) => line.split(character).length;
  return ['\t', ';'].reduce((best, each) => (count(each) > count(best) ? each : best), ',');
}

function readHeader(names: readonly string[], key: string | undefined): Header | undefined {
  if (names.length > maxColumns || names.length < 2) return undefined;
  const columns = names.map((name, index) => ({
    index,
    name: name.replace(/^\uFEFF/, ''),
    is: columnKind(name.replace(/^\uFEFF/, '')),
  }));
  const of = (kind: ColumnKind['kind']) => columns.filter(({ is }) => is.kind === kind);
  const rank = ({ is }: (typeof columns)[number]) => (is.kind === 'step' ? is.rank : 0);
  const step = of('step').reduce<(typeof columns)[number] | undefined>(
    (best, each) => (best === undefined || rank(each) > rank(best) ? each : best),
    undefined,
  );
  const [epoch] = of('epoch');
  const metrics = of('metric');
  if ((step ?? epoch) === undefined || metrics.length === 0) return undefined;
  const [only] = metrics;
  const isNamed = key !== undefined && metrics.length === 1 && only !== undefined;
  return {
    width: names.length,
    step,
    epoch,
    time: of('time')[0],
    metrics: isNamed ? [{ ...only, name: key }] : metrics,
  };
}

function readRow(row: readonly string[], header: Header, metrics: ExtractedMetric[]): void {
  const at = (column: Column | undefined) =>
    column === undefined ? undefined : readNumber(row[column.index] ?? '');
  const step = at(header.step);
  const epoch = at(header.epoch);
  // A header that is repeated, or a line of another table.
  if (step === undefined && epoch === undefined) return;
  const time = at(header.time);
  const atMs = time === undefined ? undefined : timeMs(time);
  for (const { index, name } of header.metrics) {
    const value = readNumber(row[index] ?? '');
    if (value === undefined) continue;
    metrics.push({
      key: name,
      value,
      ...(step !== undefined && { step }),
      ...(epoch !== undefined && { epoch }),
      ...(atMs !== undefined && { atMs }),
    });
  }
}

const special: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
  '-infinity': Number.NEGATIVE_INFINITY,
};

/** As Python prints it; undefined for what is no number. */
function readNumber(text: string): number | undefined {
  if (text === '' || text.length > 40) return undefined;
  const value = Number(text);
  // `0x1f` and `0b1` are numbers of JavaScript's alone.
  if (!Number.isNaN(value))
    return /^[+-]?[\d.]/.test(text) && !/^0[xXbBoO]/.test(text) ? value : undefined;
  const name = text.toLowerCase();
  return Object.hasOwn(special, name) ? special[name] : undefined;
}
