import { createCsvLogDecoder } from './csvLogDecoder';
import { emptyReading, type FormatDecoder } from './formatReading';
import { createJsonLinesDecoder } from './jsonLinesDecoder';
import { createMlflowMetricDecoder } from './mlflowMetric';
import { readParamsFile, readWandbConfig } from './paramsFile';
import { createTfEventsDecoder } from './tfEventsDecoder';
import { readEventFolder } from './tfSeriesName';
import { readSummaryFile, readTrainerState } from './trainerState';
import { createWholeFileDecoder } from './wholeFileDecoder';

/** A kind of file that programs write about their own training. */
export interface FileFormat {
  readonly name:
    | 'tfevents'
    | 'csv'
    | 'tsv'
    | 'jsonLines'
    | 'trainerState'
    | 'summary'
    | 'params'
    | 'wandbConfig'
    | 'mlflowMetric'
    | 'mlflowParam';
  /** Whether its name alone says that it is a log, and no table or text of another kind. */
  readonly isTelling: boolean;
  /** Whether the file is written anew each time, so that it is read whole; else it grows. */
  readonly isWhole: boolean;
  /** Of two files that have the same series, that of the lower rank is believed. */
  readonly rank: number;
  /** Of its series, where the path says it. */
  readonly key?: string;
}

interface Rule extends Omit<FileFormat, 'key'> {
  /** Matched against the path, with `/`; the first group is the key. */
  readonly path: RegExp;
}

const grows = { isWhole: false } as const;
const whole = { isWhole: true } as const;
const telling = { isTelling: true } as const;

/** Tried in this order. */
const rules: readonly Rule[] = [
  { name: 'tfevents', path: /\/[^/]*tfevents\.[^/]*$/, ...telling, ...grows, rank: 1 },
  { name: 'tsv', path: /\/plots\/metrics\/(.+)\.tsv$/, ...telling, ...grows, rank: 0 },
  {
    name: 'mlflowMetric',
    path: /\/mlruns\/\d+\/[\da-f]{32}\/metrics\/(.+)$/,
    ...telling,
    ...grows,
    rank: 0,
  },
  {
    name: 'mlflowParam',
    path: /\/mlruns\/\d+\/[\da-f]{32}\/params\/(.+)$/,
    ...telling,
    ...whole,
    rank: 0,
  },
  { name: 'trainerState', path: /\/trainer_state\.json$/, ...telling, ...whole, rank: 0 },
  {
    name: 'summary',
    path: /\/(?:wandb-summary|dvclive\/metrics)\.json$/,
    ...telling,
    ...whole,
    rank: 5,
  },
  {
    name: 'params',
    path: /\/(?:hparams|dvclive\/params|args)\.yaml$/,
    ...telling,
    ...whole,
    rank: 1,
  },
  {
    name: 'wandbConfig',
    path: /\/wandb\/[^/]+\/files\/config\.yaml$/,
    ...telling,
    ...whole,
    rank: 1,
  },
  {
    name: 'csv',
    path: /\/(?:metrics|results|progress|training)\.csv$|\/training\.log$/,
    ...telling,
    ...grows,
    rank: 0,
  },
  { name: 'tsv', path: /\/catboost_info\/[^/]+\.tsv$/, ...telling, ...grows, rank: 2 },
  {
    name: 'csv',
    path: /(?:log|metric|history|result|progress|loss|train|summary)[^/]*\.[ct]sv$/i,
    isTelling: false,
    ...grows,
    rank: 3,
  },
  {
    name: 'jsonLines',
    path: /\/(?:metrics|progress|result|scalars)\.json$|\/vis_data\/[^/]+\.json$|\.log\.json$/,
    ...telling,
    ...grows,
    rank: 2,
  },
  {
    name: 'jsonLines',
    path: /(?:log|metric|history|result|progress|loss|train)[^/]*\.(?:jsonl|ndjson)$|\/log\.txt$/i,
    isTelling: false,
    ...grows,
    rank: 3,
  },
];

/** What a path says of its file; undefined for one that holds no metrics or params. */
export function fileFormat(path: string): FileFormat | undefined {
  const normal = `/${path.replaceAll('\\', '/')}`;
  for (const { path: pattern, ...format } of rules) {
    const match = pattern.exec(normal);
    if (match !== null) return { ...format, ...(match[1] !== undefined && { key: match[1] }) };
  }
  return undefined;
}

/** @param folder the names on the way from the run's first folder of event files to this file's. */
export function createFormatDecoder(format: FileFormat, folder: readonly string[]): FormatDecoder {
  const key = format.key ?? '';
  switch (format.name) {
    case 'tfevents':
      return createTfEventsDecoder(readEventFolder(folder));
    case 'csv':
    case 'tsv':
      return createCsvLogDecoder({ key: format.key });
    case 'jsonLines':
      return createJsonLinesDecoder();
    case 'trainerState':
      return createWholeFileDecoder(readTrainerState);
    case 'summary':
      return createWholeFileDecoder(readSummaryFile);
    case 'params':
      return createWholeFileDecoder(readParamsFile);
    case 'wandbConfig':
      return createWholeFileDecoder(readWandbConfig);
    case 'mlflowMetric':
      return createMlflowMetricDecoder(key);
    case 'mlflowParam':
      return createWholeFileDecoder((text) => ({
        ...emptyReading,
        params: [{ key, value: text.trim(), origin: 'client' }],
      }));
  }
}
