import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyBytes, diffBytes } from '../../../src/core/checkpoint/byteDelta';
import { versionSkeleton } from '../../../src/core/checkpoint/chain';
import { findSpans } from '../../../src/core/checkpoint/findSpans';
import {
  decodeManifest,
  encodeManifest,
  type Manifest,
} from '../../../src/core/checkpoint/manifest';
import { encodeSkeleton, joinSkeleton, skeletonParts } from '../../../src/core/checkpoint/skeleton';
import type { BlobHash } from '../../../src/core/run/run';

const bytes = (text: string) => new Uint8Array(Buffer.from(text));
const textsOf = (file: Uint8Array, min = 16) =>
  findSpans(file, min).map(({ start, end }) => Buffer.from(file.subarray(start, end)).toString());

/** Anything, mostly what looks like JSON with something wrong in it. */
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc
    .array(
      fc.constantFrom(
        ...['"', '\\', '[', ']', ',', ':', '{', '}', '\0', '\n', '\r\n', ' ', 'x', '"source":'],
        ...[
          '"abcdefghijklmnopqrstuvwxyz"',
          '\\"',
          '\\\\',
          '["aaaaaaaaaaaa\\n", "bbbbbbbbbb"]',
          'é',
        ],
      ),
      { maxLength: 60 },
    )
    .map((parts) => bytes(parts.join(''))),
);

test('a file is put together again from its skeleton and its spans, whatever is in it', () => {
  fc.assert(
    fc.property(anyBytes, fc.nat({ max: 40 }), fc.nat({ max: 300 }), (file, min, first) => {
      const spans = findSpans(file, min);
      let end = 0;
      for (const span of spans) {
        expect(span.start).toBeGreaterThanOrEqual(end);
        expect(span.end).toBeGreaterThan(span.start);
        end = span.end;
      }
      const ordinals = spans.map((_, index) => first + index * 70);
      const skeleton = encodeSkeleton(file, spans, ordinals);
      const joined = joinSkeleton(skeleton, (ordinal) => {
        const span = spans[ordinals.indexOf(ordinal)];
        return span ? file.subarray(span.start, span.end) : bytes('wrong');
      });
      expect(Buffer.compare(joined, file)).toBe(0);
    }),
    { numRuns: 2000 },
  );
});

test('strings and lists of strings are spans, but for a source and what is small', () => {
  const text = 'x'.repeat(20);
  const list = `["${text}\\n",\r\n  "\\"${text}\\\\"]`;
  expect(textsOf(bytes(`{"source": "${text}", "text": "${text}", "a": "small"}`))).toEqual([
    `"${text}"`,
  ]);
  expect(textsOf(bytes(`{"source": ${list}, "text": ${list}}`))).toEqual([list]);
  expect(textsOf(bytes(`{"mixed": ["${text}", 1], "nested": [["${text}"], []]}`))).toEqual([
    `"${text}"`,
    `["${text}"]`,
  ]);
  expect(textsOf(bytes(`{"cut": "${text}`))).toEqual([]);
});

test('a large source is a span after all', () => {
  expect(findSpans(bytes(`{"source": "${'x'.repeat(1_000_001)}"}`))).toHaveLength(1);
});

describe('a delta', () => {
  test('gives the new text, whatever the two are', () => {
    fc.assert(
      fc.property(anyBytes, anyBytes, anyBytes, anyBytes, (a, b, c, d) => {
        const old = Buffer.concat([a, b, c, b]);
        for (const fresh of [d, Buffer.concat([c, d, a, b]), Buffer.concat([a, d, b])]) {
          expect(Buffer.compare(applyBytes(old, diffBytes(old, fresh), fresh.length), fresh)).toBe(
            0,
          );
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('holds the lines that are new, and not those that moved', () => {
    const lines = Array.from({ length: 200 }, (_, index) => `  "line ${index} of some length",\n`);
    const old = bytes(lines.join(''));
    const moved = [...lines.slice(100, 150), ...lines.slice(0, 100), ...lines.slice(150)];
    expect(diffBytes(old, bytes(moved.join(''))).inserted).toHaveLength(0);
    const edited = lines.with(70, '  "another line",\n').join('');
    expect(diffBytes(old, bytes(edited)).inserted.length).toBeLessThan(20);
  });

  test('of a file on one line holds what is new too', () => {
    const cell = (index: number, text: string) =>
      `{"cell_type":"code","id":"${index}","source":["${text}\\n","more"],"outputs":[]}`;
    const old = Array.from({ length: 300 }, (_, index) => cell(index, `x = ${index}`));
    const fresh = [...old.slice(0, 50), cell(500, 'added'), ...old.slice(51), cell(501, 'last')];
    const file = (cells: readonly string[]) => bytes(`{"cells":[${cells.join(',')}]}`);
    expect(diffBytes(file(old), file(fresh)).inserted.length).toBeLessThan(200);
  });

  test('of another text is refused', () => {
    const delta = diffBytes(bytes('abcdefghijklmnop\nq'), bytes('abcdefghijklmnop\nr'));
    expect(() => applyBytes(bytes('short'), delta, 18)).toThrow(RangeError);
  });
});

test('a manifest that multiplies what it copies is refused before anything is made of it', () => {
  const parent = new Uint8Array(1_000_000);
  const manifest = (skeletonBytes: number): Manifest => ({
    ...{ depth: 1, chainBytes: 0, skeletonBytes, newSpans: [] },
    delta: {
      // A terabyte, which no machine has room for.
      steps: Array.from({ length: 1_000_000 }, () => ({
        ...{ copyStart: 0, copyLength: 1_000_000, insertLength: 0 },
      })),
      inserted: new Uint8Array(),
    },
    ...{ left: [], taken: [], dropped: [], executions: [] },
  });
  expect(() => versionSkeleton(manifest(1000), parent)).toThrow('of another length');
  expect(() => versionSkeleton(manifest(1_000_000_000_000), parent)).toThrow('too large');
});

test('a manifest is read as it was written', () => {
  const hash = (text: string) => createHash('sha256').update(text).digest('hex') as BlobHash;
  const anyOrdinals = fc
    .uniqueArray(fc.nat({ max: 1000 }))
    .map((list) => [...list].sort((a, b) => a - b));
  const anyManifest = fc.record(
    {
      parent: fc.string().map(hash),
      depth: fc.nat(),
      chainBytes: fc.nat(),
      skeletonBytes: fc.nat(),
      delta: fc.record({
        steps: fc.array(
          fc.record({ copyStart: fc.nat(), copyLength: fc.nat(), insertLength: fc.nat() }),
        ),
        inserted: fc.uint8Array(),
      }),
      newSpans: fc.array(
        fc.record(
          {
            hash: fc.string().map(hash),
            sizeBytes: fc.nat(),
            media: fc.constantFrom('image/png', 'text', 'text/html'),
          },
          { requiredKeys: ['hash', 'sizeBytes'] },
        ),
      ),
      left: anyOrdinals,
      taken: anyOrdinals,
      dropped: anyOrdinals,
      droppedAtMs: fc.integer({ min: 0, max: 4_000_000_000_000 }),
      executions: fc.array(
        fc.record({ cellIndex: fc.nat(), source: fc.string(), startedAtMs: fc.nat() }),
      ),
    },
    {
      requiredKeys: [
        ...(['depth', 'chainBytes', 'skeletonBytes', 'delta', 'newSpans'] as const),
        ...(['left', 'taken', 'dropped', 'executions'] as const),
      ],
    },
  );
  fc.assert(
    fc.property(anyManifest, (manifest) => {
      const read = decodeManifest(encodeManifest(manifest));
      const inserted = new Uint8Array(read.delta.inserted);
      expect({ ...read, delta: { ...read.delta, inserted } }).toEqual(manifest);
    }),
  );
  expect(() => decodeManifest(bytes('{"cells": []}'))).toThrow();
  expect(() => decodeManifest(Uint8Array.of(8, 2))).toThrow(/newer version/);
});

test('the parts of a skeleton are its literals and references', () => {
  const file = bytes('a\0b"xxxxxxxxxxxxxxxx"\0');
  const skeleton = encodeSkeleton(file, [{ start: 3, end: 21 }], [300]);
  const parts = [...skeletonParts(skeleton)].map((part) =>
    'literal' in part ? Buffer.from(part.literal).toString() : part.ordinal,
  );
  expect(parts).toEqual(['a\0', 'b', 300, '\0']);
});
