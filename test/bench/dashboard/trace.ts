/** What a trace must hold to be read here. */
export const traceCategories = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
];

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
}

/** Tasks of these kinds run the page's script; one may be inside another. */
const scriptNames = new Set([
  ...['FunctionCall', 'EvaluateScript', 'EventDispatch', 'FireAnimationFrame', 'TimerFire'],
  ...['RunMicrotasks', 'HandlePostMessage', 'v8.callFunction'],
]);

export interface ScriptTimes {
  /** How long script ran between the beginnings of two frames, for each that ran any. */
  readonly scriptMsOfFrames: readonly number[];
}

/** Reads the trace of the thread that drew most frames. */
export function readTrace(trace: Buffer): ScriptTimes {
  // SAFETY: the form that Chromium writes,
  // https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: readonly TraceEvent[] };
  const frames = traceEvents.filter(({ name }) => name === 'FireAnimationFrame');
  const threads = new Map<string, number>();
  for (const event of frames) threads.set(threadOf(event), (threads.get(threadOf(event)) ?? 0) + 1);
  const [thread] = [...threads].sort((one, other) => other[1] - one[1])[0] ?? [];
  const own = traceEvents.filter((event) => threadOf(event) === thread);
  const begins = own
    .filter(({ name }) => name === 'BeginMainThreadFrame' || name === 'FireAnimationFrame')
    .map(({ ts }) => ts)
    .sort((one, other) => one - other);
  const scripts = outermost(own.filter(({ name, ph }) => ph === 'X' && scriptNames.has(name)));
  let at = 0;
  const scriptMsOfFrames = frameStarts(begins).map((_, index, all) => {
    const toUs = all[index + 1] ?? Number.POSITIVE_INFINITY;
    let sumUs = 0;
    for (; (scripts[at]?.ts ?? toUs) < toUs; at += 1) sumUs += scripts[at]?.dur ?? 0;
    return sumUs / 1000;
  });
  return { scriptMsOfFrames };
}

/** Of several signs of one frame the first. */
function frameStarts(sortedUs: readonly number[]): readonly number[] {
  const minUs = 4000;
  return sortedUs.filter((us, index) => us - (sortedUs[index - 1] ?? 0) > minUs);
}

/** Leaves out what ran inside another. */
function outermost(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const sorted = [...events].sort((one, other) => one.ts - other.ts);
  let endUs = 0;
  return sorted.filter(({ ts, dur = 0 }) => {
    if (ts < endUs) return false;
    endUs = ts + dur;
    return true;
  });
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid}/${tid}`;
}
