import { useMemo, useState } from 'preact/hooks';
import { diffSource } from '../../src/core/notebook/diffSource';
import { createWorkBudget } from '../../src/core/notebook/workBudget';
import { highlightPython, type Token } from '../../src/core/python/highlightPython';
import type { VersionDetail } from '../../src/protocol/cellHistoryPage';
import { LineText } from '../shared/lineText';
import { SourceDiff } from '../shared/sourceDiff';
import { alignSource, foldRows } from '../shared/sourceRows';

const diffUnits = 20_000_000;
const firstLines = 500;
const noTokens: readonly (readonly Token[])[] = [];

interface SourceTextProps {
  readonly detail: VersionDetail;
  readonly language: string;
}

/** The source of a version by itself. */
export function SourceText({ detail, language }: SourceTextProps) {
  const [limit, setLimit] = useState(firstLines);
  const tokens = useTokens(detail, language);
  const lines = useMemo(() => detail.source.split('\n'), [detail.source]);
  return (
    <pre class="source mono">
      {lines.slice(0, limit).map((text, index) => (
        <div key={index} class="source-line">
          <LineText text={text} tokens={tokens[index] ?? []} spans={undefined} />
        </div>
      ))}
      {lines.length > limit && (
        <button type="button" class="plain-button muted" onClick={() => setLimit(limit * 10)}>
          ⋯ {(lines.length - limit).toLocaleString('en')} more lines
        </button>
      )}
    </pre>
  );
}

interface SourceChangeProps {
  readonly old: VersionDetail;
  readonly now: VersionDetail;
  readonly language: string;
}

/** The sources of two versions side by side. */
export function SourceChange({ old, now, language }: SourceChangeProps) {
  const rows = useMemo(() => {
    const hunks = diffSource(old.source, now.source, createWorkBudget(diffUnits));
    return foldRows(alignSource(old.source, now.source, hunks), 3);
  }, [old.source, now.source]);
  const tokens = { old: useTokens(old, language), new: useTokens(now, language) };
  return (
    <SourceDiff
      rows={rows}
      label="Source, the other version left and this one right"
      tokens={tokens}
    />
  );
}

function useTokens(
  { kind, source }: VersionDetail,
  language: string,
): readonly (readonly Token[])[] {
  const isPython = kind === 'code' && language === 'python';
  return useMemo(() => (isPython ? highlightPython(source) : noTokens), [isPython, source]);
}
