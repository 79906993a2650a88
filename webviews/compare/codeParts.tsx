import { useMemo, useState } from 'preact/hooks';
import {
  type CodeComparison,
  type ComparedPart,
  changedLines,
} from '../../src/core/compare/codeComparison';
import { describeSummary } from '../../src/core/notebook/diffNotebooks';
import { Button } from '../shared/controls';
import { Icon } from '../shared/icon';
import { SourceDiff } from '../shared/sourceDiff';
import { hunkRows } from '../shared/sourceRows';
import { changeMark } from './changeKeys';

interface CodePartsProps {
  readonly code: CodeComparison;
  /** `A → C`. */
  readonly pair: string;
  readonly onOpenNotebookDiff: () => void;
}

/** Parts with more changed lines are folded at first, but for the first part. */
const foldedFromLines = 200;

/** Each script, module, cell and patch that differs, line by line. */
export function CodeParts({ code, pair, onOpenNotebookDiff }: CodePartsProps) {
  const { parts, same, partsLeftOut, notebook } = code;
  return (
    <>
      {notebook !== undefined && (
        <p class="notebook-line">
          <span>Notebook: {describeSummary(notebook)}</span>
          <Button onClick={onOpenNotebookDiff}>Open Full Notebook Diff</Button>
        </p>
      )}
      {parts.map((part, index) => (
        <CodePart
          key={`${part.kind} ${part.title} ${part.change}`}
          part={part}
          pair={pair}
          startsOpen={index === 0 || changedLines(part) < foldedFromLines}
        />
      ))}
      {partsLeftOut > 0 && (
        <p class="muted">
          {partsLeftOut} more {partsLeftOut === 1 ? 'part differs' : 'parts differ'} and{' '}
          {partsLeftOut === 1 ? 'is' : 'are'} not shown.
        </p>
      )}
      {same.length > 0 && <p class="muted same-names">The same: {listNames(same)}</p>}
    </>
  );
}

const changeWords = { changed: '', added: 'added', removed: 'removed', unknown: 'not known' };

interface CodePartProps {
  readonly part: ComparedPart;
  readonly pair: string;
  readonly startsOpen: boolean;
}

function CodePart({ part, pair, startsOpen }: CodePartProps) {
  const { title, change, hunks, problem, linesLeftOut } = part;
  const [isOpen, setOpen] = useState(startsOpen);
  const rows = useMemo(() => hunkRows(hunks), [hunks]);
  const lines = changedLines(part);
  return (
    <section class="code-part" aria-label={title}>
      <h3 class="code-title" {...changeMark}>
        <button
          type="button"
          class="plain-button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name={isOpen ? 'opened' : 'forward'} />
          <span class="mono">{title}</span>
        </button>
        <span class="muted">
          {[
            changeWords[change],
            lines > 0 ? `${lines.toLocaleString('en')} ${lines === 1 ? 'line' : 'lines'}` : '',
            pair,
          ]
            .filter((word) => word !== '')
            .join(' · ')}
        </span>
      </h3>
      {isOpen &&
        (problem === undefined ? (
          <SourceDiff rows={rows} label={`Changes of ${title}`} />
        ) : (
          <p class="code-problem">
            <Icon name="interrupted" /> {problem}
          </p>
        ))}
      {isOpen && linesLeftOut > 0 && (
        <p class="code-problem muted">
          {linesLeftOut.toLocaleString('en')} more changed lines are not shown.
        </p>
      )}
    </section>
  );
}

const maxNames = 12;

function listNames(names: readonly string[]): string {
  const more = names.length - maxNames;
  return `${names.slice(0, maxNames).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
