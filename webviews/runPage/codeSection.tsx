import type { KeptCode, RunCode } from '../../src/protocol/runPage';
import { Button } from '../shared/controls';
import { Answered } from './answered';
import type { SectionProps } from './sectionProps';
import { SourceView } from './sourceView';
import { useAnswer } from './useAnswer';

/** What ran: where git stood, what was not committed, and the source itself. */
export function CodeSection({ data, run, host, attempt }: SectionProps) {
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
        {(value) => (
          <CodeTexts
            code={value}
            isNotebook={run.source.kind === 'notebook'}
            onOpen={(what) => attempt(host.openKept(what))}
          />
        )}
      </Answered>
    </>
  );
}

interface CodeTextsProps {
  readonly code: RunCode;
  readonly isNotebook: boolean;
  readonly onOpen: (what: KeptCode) => void;
}

function CodeTexts({ code, isNotebook, onOpen }: CodeTextsProps) {
  const { source, diff, modules } = code;
  return (
    <>
      {diff !== undefined && (
        <section class="card" aria-labelledby="diff-title">
          <div class="card-head">
            <h2 id="diff-title">Uncommitted changes</h2>
            <Button onClick={() => onOpen('diff')}>Open</Button>
          </div>
          <SourceView shown={diff} language="diff" label="Diff" />
        </section>
      )}
      <section class="card" aria-labelledby="source-title">
        <div class="card-head">
          <h2 id="source-title">{isNotebook ? 'Cell as it ran' : 'Script as it ran'}</h2>
          {source !== undefined && (
            <Button onClick={() => onOpen(isNotebook ? 'cell' : 'script')}>Open</Button>
          )}
        </div>
        {source === undefined ? (
          <p class="muted">It was not kept: this command names no script that could be read.</p>
        ) : (
          <SourceView shown={source} language="python" label="Source" />
        )}
      </section>
      {modules.length > 0 && (
        <section class="card" aria-labelledby="modules-title">
          <h2 id="modules-title">Modules that it imported</h2>
          <ul class="modules mono">
            {modules.map(({ role, path, isKept }) => (
              <li key={path}>
                {isKept ? (
                  <button
                    type="button"
                    class="plain-button link"
                    title="Open It as It Was"
                    onClick={() => onOpen({ role, path })}
                  >
                    {path}
                  </button>
                ) : (
                  <>
                    {path} <span class="muted">not kept</span>
                  </>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
