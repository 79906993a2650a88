import type { RunCode } from '../../src/protocol/runPage';
import { Answered } from './answered';
import type { SectionProps } from './sectionProps';
import { SourceView } from './sourceView';
import { useAnswer } from './useAnswer';

/** What ran: where git stood, what was not committed, and the source itself. */
export function CodeSection({ data, run, host }: SectionProps) {
  const code = useAnswer(() => host.readCode(), data.runId, run.status);
  const { commit, branch, dirty, diffLeftOut } = run.codeState ?? {};
  return (
    <>
      <section class="card" aria-labelledby="git-title">
        <h2 id="git-title">Git</h2>
        {commit === undefined ? (
          <p class="muted">Not in a git repository, or git was not asked.</p>
        ) : (
          <dl class="facts">
            <dt>Commit</dt>
            <dd class="mono">{commit}</dd>
            {branch !== undefined && (
              <>
                <dt>Branch</dt>
                <dd>{branch}</dd>
              </>
            )}
            <dt>Changes</dt>
            <dd>
              {dirty === undefined
                ? 'Not known'
                : dirty
                  ? diffLeftOut
                    ? 'Uncommitted changes, too large to be kept'
                    : 'Uncommitted changes'
                  : 'None: what ran is what was committed'}
            </dd>
          </dl>
        )}
      </section>
      <Answered answer={code} what="the code">
        {(value) => <CodeTexts code={value} isNotebook={run.source.kind === 'notebook'} />}
      </Answered>
    </>
  );
}

function CodeTexts({ code, isNotebook }: { readonly code: RunCode; readonly isNotebook: boolean }) {
  const { source, diff } = code;
  return (
    <>
      {diff !== undefined && (
        <section class="card" aria-labelledby="diff-title">
          <h2 id="diff-title">Uncommitted changes</h2>
          <SourceView shown={diff} language="diff" />
        </section>
      )}
      <section class="card" aria-labelledby="source-title">
        <h2 id="source-title">{isNotebook ? 'Cell as it ran' : 'Script as it ran'}</h2>
        {source === undefined ? (
          <p class="muted">It was not kept: this command names no script that could be read.</p>
        ) : (
          <SourceView shown={source} language="python" />
        )}
      </section>
    </>
  );
}
