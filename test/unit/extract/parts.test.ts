import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExtractedMetric, Extraction } from '../../../src/core/extract/extraction';
import { createExtractor } from '../../../src/core/extract/extractor';
import { classical } from './families/classical';
import { language } from './families/language';
import { reinforcement } from './families/reinforcement';
import { searches } from './families/searches';
import { speech } from './families/speech';
import { training } from './families/training';
import { vision } from './families/vision';

// What real programs printed that trained once or several times, against what they say of each.
const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures');
const FOLDER = path.join(FIXTURES, 'parts');

interface Truth {
  readonly command: string;
  readonly parts: readonly {
    readonly name: string | null;
    readonly params: Readonly<Record<string, string>>;
    readonly metrics: readonly {
      readonly key: string;
      readonly value: number;
      readonly at: number;
    }[];
    readonly failed?: boolean;
  }[];
}

interface Found {
  readonly name: string | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly points: readonly string[];
  readonly failed: boolean;
}

function capturesOf(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.capture'))
    .map((file) => path.basename(file, '.capture'));
}

function extract(text: string, command: string | undefined, chunk: number): readonly Extraction[] {
  const extractor = createExtractor(command === undefined ? {} : { command });
  const extractions: Extraction[] = [];
  for (let at = 0; at < text.length; at += chunk) {
    extractions.push(extractor.push(text.slice(at, at + chunk)));
  }
  return [...extractions, extractor.end()];
}

const describePoint = (key: string, value: number, at: number | undefined) =>
  `${key}=${value} at ${at}`;

/** The parts, as a recording comes to see them. */
function partsOf(extractions: readonly Extraction[]): readonly Found[] {
  const events = extractions.flatMap(({ sections = [] }) => sections);
  const joined = new Map(
    events.flatMap((event) => (event.kind === 'joins' ? [[event.section, event.with]] : [])),
  );
  const metrics = extractions.flatMap((each) => each.metrics);
  const sectionOf = ({ section = 0 }: ExtractedMetric) => joined.get(section) ?? section;
  return events.flatMap((event) => {
    if (event.kind !== 'isPart') return [];
    const isFailed = events.some(
      (other) => other.kind === 'ended' && other.section === event.section && other.hasFailed,
    );
    return [
      {
        name: event.name,
        params: Object.fromEntries(event.params.map(({ key, value }) => [key, value])),
        points: metrics
          .filter((metric) => sectionOf(metric) === event.section)
          .map((metric) => describePoint(metric.key, metric.value, metric.epoch ?? metric.step)),
        failed: isFailed,
      },
    ];
  });
}

describe('streams of one training and of several', () => {
  it.each(capturesOf(FOLDER))('%s gives the parts that it trained, point by point', (name) => {
    const text = readFileSync(path.join(FOLDER, `${name}.capture`), 'utf8');
    const truth: Truth = JSON.parse(readFileSync(path.join(FOLDER, `${name}.truth.json`), 'utf8'));
    for (const chunk of [text.length, 7]) {
      const parts = partsOf(extract(text, truth.command, chunk));
      expect(parts.map(({ points }) => [...points].sort())).toEqual(
        truth.parts.map(({ metrics }) =>
          metrics.map(({ key, value, at }) => describePoint(key, value, at)).sort(),
        ),
      );
      truth.parts.forEach((part, place) => {
        expect(parts[place]?.params).toMatchObject(part.params);
        expect(parts[place]?.failed).toBe(part.failed ?? false);
        if (part.name !== null) expect(parts[place]?.name).toBe(part.name);
      });
    }
  });

  it.each(capturesOf(path.join(FIXTURES, 'captures')))('%s is one training', (name) => {
    const text = readFileSync(path.join(FIXTURES, 'captures', `${name}.capture`), 'utf8');
    expect(partsOf(extract(text, undefined, 4096))).toEqual([]);
  });

  it('what programs print of one training has no parts', () => {
    const all = [classical, language, reinforcement, searches, speech, training, vision].flat();
    expect(all.length).toBeGreaterThan(50);
    const divided = all.filter(
      ({ text }) => partsOf(extract(`${text.join('\n')}\n`, undefined, 4096)).length > 0,
    );
    expect(divided.map(({ name }) => name)).toEqual([]);
  });
});
