/** What programs put before the text of a line, in the order in which it is peeled. */
const PREFIXES: readonly RegExp[] = [
  // Docker, MPI and job collectors: `[1,mpirank:0,algo-1]<stdout>:`, `(RayTrainWorker pid=123)`.
  /^\[\d+,[^\]]*\]<std(?:out|err)>:\s?/,
  /^\((?:[\w.:]+ )?pid=\d+(?:, ip=[\d.]+)?\)\s?/,
  // glog and absl: `I0224 00:32:03.396499   655 solver.cpp:338]`; torch: `W1120 14:07:11.462000 15436 a/b.py:874]`.
  /^[IWEFD]\d{4}(?:\d{4})? \d{2}:\d{2}:\d{2}(?:[.,]\d+)?\s+\d+ [^\s\]]+:\d+\]\s?/,
  // A date and time, bare or in brackets, with what loggers put in the same brackets.
  /^\[?[A-Z]? ?\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[ T_]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?(?: ?(?:UTC|GMT|[A-Z]{1,3}[SD]T))?\]?[\s:,|]*(?:[-–] )?/,
  /^\[\d{2}\/\d{2}(?:\/\d{2,4})? \d{2}:\d{2}:\d{2}(?:[ ,][^\]]*)?\]:?\s*/,
  /^(?:DLL|wandb:|TRAIN LOG -|LOG:)\s+(?=\S)/,
  /^\[?\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?(?: ?[AP]M)?\]?\s+(?:[-–|] )?/,
  // The logging module: `INFO:root:`, `[INFO]`, `INFO -`, `- INFO -`, `name - INFO -`.
  /^(?:INFO|WARNING|WARN|DEBUG|ERROR|CRITICAL|NOTICE|SUCCESS|TRACE):[\w.]+:\s?/,
  /^(?:[\w.]+ - )?\[?(?:INFO|WARNING|WARN|DEBUG|NOTICE|SUCCESS|TRACE|info|Info)\]?\s*(?:[-:|–] ?)?/,
  /^(?:[\w.]+(?:\.[\w]+)+) - /,
  /^(?:mmengine|mmdet|mmcls|mmseg|root|__main__|train|main) - (?:INFO - )?/,
  // Source places: `[train.py:422]`, `[logging.py:96:log_dist]`, `train.py:18 -`, `(main.py:12)`.
  /^[[(]?[\w./-]+\.(?:py|cpp|cc|go|rs):\d+(?::\w+)?(?:[\])]|(?=\s))\s*(?:[-:|] ?)?/,
  /^\([\w./]+(?:\/MainThread)?\)\s+/,
  // Detectron2 and MMDetection repeat their tables for spreadsheets.
  /^copypaste:\s+/,
  // Ranks: `[rank0]`, `[Rank 18]`, `rank 0:`, `[default0]:`.
  /^\[?(?:rank|local_rank|gpu|worker|default|proc(?:ess)?)[ :=]?\d+\]?:?\s+/i,
  /^\[?(?:rank|default)\d+\]?:\s*/i,
];
const MAX_PEELS = 8;
const SHELL_COLOUR_TEXT = /#033\[[\d;]*m|#015/g;

// What any prefix can begin with: most lines have none, and one look is cheaper than sixteen.
const MAY_HAVE_PREFIX =
  /^\s*(?:[[(\d]|[A-Z]{4,8}\b|[IWEFD]\d{4}|[IiWw]nfo\b|DLL |wandb|LOG:|[A-Z]+ LOG|copypaste|[A-Z] ?\d{4}|(?:rank|local_rank|gpu|worker|default|proc)[ :=\d]|[\w.]+ - |[\w./-]+:\d+)/i;

/** A line without its timestamps, levels, logger names, source places and ranks. */
export function peelPrefixes(line: string): string {
  let text = line.includes('#0') ? line.replace(SHELL_COLOUR_TEXT, '') : line;
  text = text.replace(/^\s+(?=\[?\d{4}-)/, '');
  if (!MAY_HAVE_PREFIX.test(text)) return text;
  for (let peels = 0; peels < MAX_PEELS; peels++) {
    const before = text;
    for (const prefix of PREFIXES) text = text.replace(prefix, '');
    if (text === before) break;
  }
  return text;
}
