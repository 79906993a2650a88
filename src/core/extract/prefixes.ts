import { charKind, codeAt, isBlank, kindOf } from './charKinds';

/** A thing that programs put before the text of a line. */
interface Prefix {
  /** The characters that it can begin with: `9` stands for digits, `A` for letters, `_` for itself. */
  readonly begins: string;
  readonly pattern: RegExp;
}

/** In the order in which they are peeled. */
const PREFIXES: readonly Prefix[] = [
  // Docker, MPI and job collectors: `[1,mpirank:0,algo-1]<stdout>:`, `(RayTrainWorker pid=123)`.
  { begins: '[', pattern: /^\[\d+,[^\]]*\]<std(?:out|err)>:\s?/ },
  { begins: '(', pattern: /^\((?:[\w.:]+ )?pid=\d+(?:, ip=[\d.]+)?\)\s?/ },
  // glog and absl: `I0224 00:32:03.396499   655 solver.cpp:338]`; torch: `W1120 14:07:11.462000 15436 a/b.py:874]`.
  {
    begins: 'A',
    pattern: /^[IWEFD]\d{4}(?:\d{4})? \d{2}:\d{2}:\d{2}(?:[.,]\d+)?\s+\d+ [^\s\]]+:\d+\]\s?/,
  },
  // A date and time, bare or in brackets, with what loggers put in the same brackets.
  {
    begins: '[9A ',
    pattern:
      /^\[?[A-Z]? ?\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[ T_]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?(?: ?(?:UTC|GMT|[A-Z]{1,3}[SD]T))?(?: [\w.-]+(?=\]\())?\]?[\s:,|]*(?:[-–] )?/,
  },
  // The same without a year, or with a month by name: MMEngine, syslog, `26-Nov-26 14:00:00`.
  {
    begins: '9A',
    pattern:
      /^(?:\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?|\d{1,2}[- ][A-Z][a-z]{2}[- ]\d{2,4}|(?:[A-Z][a-z]{2},? )?[A-Z][a-z]{2} {1,2}\d{1,2}(?:,? \d{4})?),? \d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?(?: ?[AP]M)?(?: \d{4})?[\s:,|]*(?:[-–] )?(?:[\w.-]+ [\w./-]+\[\d+\]: )?/,
  },
  {
    begins: '[',
    pattern: /^\[\d{2}\/\d{2}(?:\/\d{2,4})? \d{2}:\d{2}:\d{2}(?:[ ,][^\]]*)?\]:?\s*/,
  },
  { begins: 'A', pattern: /^(?:DLL|wandb:|TRAIN LOG -|LOG:)\s+(?=\S)/ },
  {
    begins: '[9',
    pattern: /^\[?\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?(?: ?[AP]M)?\]?\s+(?:[-–|] )?/,
  },
  // The logging module: `INFO:root:`, `[INFO]`, `INFO -`, `- INFO -`, `name - INFO -`.
  {
    begins: 'A',
    pattern: /^(?:INFO|WARNING|WARN|DEBUG|ERROR|CRITICAL|NOTICE|SUCCESS|TRACE):[\w.]+:\s?/,
  },
  {
    begins: '[9A_.',
    pattern:
      /^(?:[\w.]+ - )?\[?(?:INFO|WARNING|WARN|DEBUG|NOTICE|SUCCESS|TRACE|info|Info)\b\]?\s*(?:[-:|–] ?)?/,
  },
  { begins: '9A_.', pattern: /^[\w.]+\.\w+ - / },
  {
    begins: 'A_',
    pattern: /^(?:mmengine|mmdet|mmcls|mmseg|root|__main__|train|main) - (?:INFO - )?/,
  },
  // Source places: `[train.py:422]`, `[logging.py:96:log_dist]`, `train.py:18 -`, `(main.py:12)`.
  {
    begins: '[(9A_./-',
    pattern: /^[[(]?[\w./-]+\.(?:py|cpp|cc|go|rs):\d+(?::\w+)?(?:[\])]|(?=\s))\s*(?:[-:|] ?)?/,
  },
  { begins: '(', pattern: /^\([\w./]+(?:\/MainThread)?\)\s+/ },
  // loguru's `package.module:function:12 - `; logback's `[main] INFO org.pkg.Class - `.
  { begins: 'A_', pattern: /^[\w.]+:[\w<>]+:\d+ [-|] / },
  {
    begins: '[',
    pattern: /^\[[\w-]+\] (?:INFO|WARN|DEBUG|TRACE|ERROR)\s+[\w.$]+ - /,
  },
  // ESPnet: `[host:0/4] 2021-05-01 12:00:00,123 (trainer:667) INFO: `; Swin: `(main.py 123): INFO `.
  { begins: '[', pattern: /^\[[\w.-]+:\d+\/\d+\]\s/ },
  { begins: '(', pattern: /^\(\w[\w.]*[: ]\d+\):? (?:INFO|WARNING|DEBUG)\b:?\s*/ },
  // Kaldi: `LOG (nnet3-train[5.5]:PrintTotalStats():nnet-training.cc:316) `.
  { begins: 'A', pattern: /^(?:LOG|WARNING|VLOG\[\d\]) \([^()]*\(\):[\w./-]+:\d+\) / },
  // Detectron2 and MMDetection repeat their tables for spreadsheets.
  { begins: 'A', pattern: /^copypaste:\s+/ },
  // Ranks: `[rank0]`, `[Rank 18]`, `rank 0:`, `[default0]:`.
  {
    begins: '[A',
    pattern: /^\[?(?:rank|local_rank|gpu|worker|default|proc(?:ess)?)[ :=]?\d+\]?:?\s+/i,
  },
  { begins: '[A', pattern: /^\[?(?:rank|default)\d+\]?:\s*/i },
];
const CANDIDATES = new Map<string, number>();
PREFIXES.forEach(({ begins }, place) => {
  for (const kind of begins) CANDIDATES.set(kind, (CANDIDATES.get(kind) ?? 0) | (1 << place));
});
const MAX_PEELS = 8;
const SHELL_COLOUR_TEXT = /#033\[[\d;]*m|#015/g;

// What a prefix that begins with a letter can begin with: most lines have none, and one look is cheaper
// than sixteen.
const LETTER_PREFIX =
  /^(?:[\w.]+ - |[\w./-]+:\d|[\w.]+:[\w<>]+:\d|LOG \(|VLOG|INFO|WARN|DEBUG|ERROR|CRITICAL|NOTICE|SUCCESS|TRACE|[IWEFD]\d{4}|[A-Z] ?\d{4}|(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec),? |DLL |wandb|LOG:|TRAIN LOG|copypaste|rank|local_rank|gpu|worker|default|proc)/i;

/** A line without its timestamps, levels, logger names, source places and ranks. */
export function peelPrefixes(line: string): string {
  let text = line.includes('#0') ? line.replace(SHELL_COLOUR_TEXT, '') : line;
  if (isBlank(codeAt(text, 0))) text = text.replace(/^\s+(?=\[?\d{4}-)/, '');
  for (let peels = 0; peels < MAX_PEELS; peels++) {
    const before = text;
    if (firstKind(text) === 'A' && !LETTER_PREFIX.test(text)) break;
    let candidates = candidatesOf(text);
    for (let place = 0; candidates >>> place !== 0; place++) {
      if (((candidates >>> place) & 1) === 0) continue;
      const end = PREFIXES[place]?.pattern.exec(text)?.[0].length ?? 0;
      if (end === 0) continue;
      text = text.slice(end);
      candidates = candidatesOf(text);
    }
    if (text === before) break;
  }
  return text;
}

/** The prefixes that a text may begin with, as bits by their places. */
function candidatesOf(text: string): number {
  return CANDIDATES.get(firstKind(text)) ?? 0;
}

/** The first character in the terms of `begins`. */
function firstKind(text: string): string {
  const kind = kindOf(codeAt(text, 0));
  if (kind === charKind.digit) return '9';
  return kind === charKind.letter ? 'A' : text.charAt(0);
}
