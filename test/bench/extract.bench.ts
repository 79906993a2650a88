import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { createExtractor } from '../../src/core/extract/extractor';
import type { Benchmark } from '../../tools/bench';
import { SetupError } from '../../tools/start/step.cjs';
import { repoRoot } from '../../tools/vscodeHost/hostPaths';
import { loopPieces, mixedPieces, readLogs } from './extract/logPieces';

const mixedBytes = 64e6;
const loopLines = 1_000_000;
const coldBytes = 1e6;

type CreateExtractor = typeof createExtractor;

/**
 * The extractor as it ships, built and in one thread: over captures (or the logs of `--corpus=FILE`,
 * JSON lines with a `text` each) repeated with altered numbers, and over the lines of a plain loop.
 * MB are 10⁶ bytes; a slice is the work for one piece of 16 KiB; those of the first
 * megabyte, which the engine has not compiled yet, are told as `coldSliceMs`.
 */
export const benchmark: Benchmark = {
  what: 'the extractor: MB/s over 64 MB of mixed logs and over a million lines, longest slice, memory',
  async run(options) {
    const unknown = options.find((option) => !option.startsWith('--corpus='));
    if (unknown !== undefined) {
      throw new SetupError(`The benchmark has no option ${unknown}`, 'use --corpus=FILE.jsonl.');
    }
    const file = options[0]?.slice('--corpus='.length) ?? process.env.EPOCHLOG_BENCH_CORPUS;
    const createExtractor = loadBuilt();
    const mixed = measure(createExtractor, mixedPieces(readLogs(file), mixedBytes));
    const loop = measure(createExtractor, loopPieces(loopLines));
    return {
      mbPerS: mixed.mbPerS,
      longestSliceMs: Math.max(mixed.longestSliceMs, loop.longestSliceMs),
      coldSliceMs: mixed.coldSliceMs,
      residentMB: Math.max(mixed.residentMB, loop.residentMB),
      allocatedPerByte: mixed.allocatedPerByte,
      points: mixed.points,
      loopMbPerS: loop.mbPerS,
      loopLinesPerS: Math.round(loopLines / loop.seconds),
      loopAllocatedPerByte: loop.allocatedPerByte,
      loopPoints: loop.points,
    };
  },
};

function loadBuilt(): CreateExtractor {
  const folder = mkdtempSync(join(tmpdir(), 'epochlog-bench-'));
  try {
    const outfile = join(folder, 'extractor.cjs');
    buildSync({
      entryPoints: [join(repoRoot, 'src', 'core', 'extract', 'extractor.ts')],
      outfile,
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
    });
    // SAFETY: the file was built from the module that exports it.
    return (require(outfile) as { readonly createExtractor: CreateExtractor }).createExtractor;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Only the extractor's own work is timed, not the making of the log. */
function measure(createExtractor: CreateExtractor, pieces: Iterable<string>) {
  const extractor = createExtractor();
  let bytes = 0;
  let points = 0;
  let totalMs = 0;
  let longestSliceMs = 0;
  let coldSliceMs = 0;
  let residentBytes = 0;
  let allocatedBytes = 0;
  for (const piece of pieces) {
    bytes += Buffer.byteLength(piece);
    const heapBefore = process.memoryUsage().heapUsed;
    const spent = process.cpuUsage();
    const startMs = performance.now();
    points += extractor.push(piece).metrics.length;
    const wallMs = performance.now() - startMs;
    const { user, system } = process.cpuUsage(spent);
    const memory = process.memoryUsage();
    // What the clock has beyond the processor's time, other programs of the machine took.
    const sliceMs = Math.min(wallMs, (user + system) / 1e3);
    totalMs += sliceMs;
    if (bytes > coldBytes) longestSliceMs = Math.max(longestSliceMs, sliceMs);
    else coldSliceMs = Math.max(coldSliceMs, sliceMs);
    residentBytes = Math.max(residentBytes, memory.rss);
    // A collection within the slice hides what it freed.
    allocatedBytes += Math.max(0, memory.heapUsed - heapBefore);
  }
  points += extractor.end().metrics.length;
  return {
    seconds: totalMs / 1e3,
    mbPerS: round(bytes / 1e3 / totalMs),
    longestSliceMs: round(longestSliceMs),
    coldSliceMs: round(coldSliceMs),
    residentMB: round(residentBytes / 1e6),
    allocatedPerByte: round(allocatedBytes / bytes),
    points,
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
