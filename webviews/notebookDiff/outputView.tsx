import { useContext, useMemo, useState } from 'preact/hooks';
import { formatBytes } from '../../src/core/format/formatBytes';
import { formatDelta } from '../../src/core/format/formatNumber';
import type { NumberChange } from '../../src/core/notebook/numberChanges';
import type { TextComparison, ValueChange } from '../../src/core/notebook/outputDetail';
import type { ShownDetail, ShownOutput } from '../../src/core/notebook/view/cellDetail';
import type { ShownMedium } from '../../src/core/notebook/view/shownMedium';
import { toDiffLines } from './diffLines';
import { DiffPage } from './pageContext';
import { Pictures } from './pictures';
import { TableView } from './tableView';
import { TextDiff } from './textDiff';

interface OutputViewProps {
  readonly output: ShownOutput;
  readonly row: number;
  /** From 0. */
  readonly index: number;
}

const titles: Readonly<Record<ShownOutput['kind'], string>> = {
  stream: 'stdout',
  display: 'Display',
  result: 'Result',
  error: 'Error',
};
const signs: Readonly<Record<ShownOutput['change'], string>> = {
  same: '=',
  changed: '~',
  added: '+',
  removed: '−',
};

/** One output of the old cell beside its counterpart of the new one. Nothing of it is run or rendered. */
export function OutputView({ output, row, index }: OutputViewProps) {
  const { showNoise } = useContext(DiffPage);
  const [isRaw, setRaw] = useState(false);
  const { change, onlyVolatile, details } = output;
  const name = `output ${index + 1}`;
  const place = { row, index, name };
  const showsDetails = change === 'changed' || ((showNoise || isRaw) && onlyVolatile);
  return (
    <div class={`output output-${change}`}>
      <h4>
        <span class="output-sign" aria-hidden="true">
          {signs[change]}
        </span>
        Output {index + 1}: {output.name ?? titles[output.kind]}
        <span class="output-kind"> · {kindText(output)}</span>
        {onlyVolatile && !showNoise && (
          <button type="button" class="plain-button" onClick={() => setRaw(!isRaw)}>
            {isRaw ? 'Hide what differs' : 'Show what differs'}
          </button>
        )}
      </h4>
      {output.differsBeyond && (
        <p class="muted note">What differs lies beyond the part of it that is shown.</p>
      )}
      {showsDetails && details.map((detail, at) => <Detail key={at} detail={detail} {...place} />)}
      {(!showsDetails || !onlyVolatile) && (
        <>
          <Media media={output.old} side="old" {...place} hasDetails={details.length > 0} />
          <Media
            media={output.new}
            side="new"
            {...place}
            hasDetails={change === 'changed' && details.length > 0}
            isSame={change === 'same'}
          />
        </>
      )}
    </div>
  );
}

function kindText({ change, onlyVolatile }: ShownOutput): string {
  if (change !== 'same') return change;
  return onlyVolatile ? 'same but for addresses, ids, times or metadata' : 'same';
}

interface PlaceProps {
  readonly row: number;
  readonly index: number;
  readonly name: string;
}

function Detail({ detail, row, index, name }: { readonly detail: ShownDetail } & PlaceProps) {
  const text = { row, part: index, label: `Text of ${name}` };
  switch (detail.kind) {
    case 'text':
      if (detail.media === 'image/svg+xml')
        return <SvgDetail detail={detail} {...{ row, index, name }} />;
      return <Comparison texts={detail} {...text} media={detail.media} />;
    case 'numbers':
      return (
        <>
          <Numbers numbers={detail.numbers} />
          <Comparison texts={detail} {...text} media={detail.media} />
        </>
      );
    case 'table':
      return <TableView table={detail.table} label={`Table of ${name}`} isDiff />;
    case 'image':
      return (
        <Pictures
          row={row}
          output={index}
          media={detail.media}
          sides={['old', 'new']}
          title={name}
        />
      );
    case 'error':
      return (
        <>
          <p class="error-head mono">
            <Value value={detail.ename} />: <Value value={detail.evalue} />
          </p>
          {detail.traceback.hunks.length > 0 && (
            <Comparison texts={detail.traceback} {...text} label={`Traceback of ${name}`} />
          )}
        </>
      );
  }
}

function Value({ value }: { readonly value: ValueChange }) {
  if (!value.changed) return <span>{value.new}</span>;
  return (
    <>
      <del>{value.old}</del> <span class="arrow">→</span> <ins>{value.new}</ins>
    </>
  );
}

const firstNumbers = 12;

/** `0.91 → 0.93 (+0.02)` for each number of a text that differs in nothing else. */
function Numbers({ numbers }: { readonly numbers: readonly NumberChange[] }) {
  const [limit, setLimit] = useState(firstNumbers);
  return (
    <ul class="numbers" aria-label="Numbers that differ">
      {numbers.slice(0, limit).map((change, at) => (
        <li key={at}>
          <span class="muted">line {change.line + 1}</span> <del>{change.old}</del>{' '}
          <span class="arrow">→</span> <ins>{change.new}</ins>
          {change.delta !== undefined && <span class="delta"> {formatDelta(change.delta)}</span>}
        </li>
      ))}
      {numbers.length > limit && (
        <li>
          <button type="button" class="plain-button" onClick={() => setLimit(limit * 10)}>
            {numbers.length - limit} more
          </button>
        </li>
      )}
    </ul>
  );
}

interface ComparisonProps {
  readonly texts: TextComparison;
  readonly row: number;
  readonly part: number;
  readonly label: string;
  readonly media?: string;
}

function Comparison({ texts, row, part, label, media }: ComparisonProps) {
  const lines = useMemo(() => toDiffLines(texts.oldText, texts.newText, texts.hunks), [texts]);
  const isNamed = media !== undefined && media !== 'stream' && media !== 'text/plain';
  return (
    <>
      {isNamed && <p class="muted note">{media} as text</p>}
      <TextDiff label={label} lines={lines} row={row} part={part} fold />
    </>
  );
}

type SvgProps = { readonly detail: ShownDetail & { readonly kind: 'text' } } & PlaceProps;

/** An SVG is looked at as a picture, which can run nothing, and read as text on demand. */
function SvgDetail({ detail, row, index, name }: SvgProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Pictures row={row} output={index} media={detail.media} sides={['old', 'new']} title={name} />
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{detail.media} as text</summary>
        {isOpen && <Comparison texts={detail} row={row} part={index} label={`Text of ${name}`} />}
      </details>
    </>
  );
}

interface MediaProps extends PlaceProps {
  readonly media: readonly ShownMedium[];
  readonly side: 'old' | 'new';
  readonly hasDetails: boolean;
  readonly isSame?: boolean;
}

/** What one side holds: the best of it shown, the rest on demand. */
function Media({ media, side, hasDetails, isSame = false, ...place }: MediaProps) {
  return (
    <>
      {media.map((medium, at) =>
        at === 0 && !hasDetails ? (
          <Medium key={medium.media} medium={medium} side={side} isSame={isSame} {...place} />
        ) : (
          <MoreMedium key={medium.media} medium={medium} side={side} isSame={isSame} {...place} />
        ),
      )}
    </>
  );
}

interface MediumProps extends PlaceProps {
  readonly medium: ShownMedium;
  readonly side: 'old' | 'new';
  readonly isSame: boolean;
}

function MoreMedium(props: MediumProps) {
  const [isOpen, setOpen] = useState(false);
  const { medium, side, isSame } = props;
  const size = medium.kind === 'text' ? (medium.cut?.allChars ?? medium.text.length) : undefined;
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {medium.media}
        {medium.kind === 'text' && ' as text'}
        {size !== undefined && `, ${formatBytes(size)}`}
        {!isSame && `, ${side === 'old' ? 'removed' : 'added'}`}
      </summary>
      {isOpen && <Medium {...props} />}
    </details>
  );
}

function Medium({ medium, side, isSame, row, index, name }: MediumProps) {
  switch (medium.kind) {
    case 'image':
      return <Pictures row={row} output={index} media={medium.media} sides={[side]} title={name} />;
    case 'table':
      return <TableView table={medium.table} label={`Table of ${name}`} isDiff={false} />;
    case 'text':
      return <OneText medium={medium} {...{ side, isSame, row, index, name }} />;
    case 'error':
      return (
        <>
          <p class="error-head mono">
            {medium.ename}: {medium.evalue}
          </p>
          {medium.traceback !== '' && (
            <OneText
              medium={{ kind: 'text', media: 'error', text: medium.traceback }}
              {...{ side, isSame, row, index, name }}
            />
          )}
        </>
      );
  }
}

type OneTextProps = Omit<MediumProps, 'medium'> & {
  readonly medium: ShownMedium & { readonly kind: 'text' };
};

function OneText({ medium, side, isSame, row, index, name }: OneTextProps) {
  const { text, cut } = medium;
  const lines = useMemo(() => {
    if (isSame) return toDiffLines(text, text, []);
    return side === 'old' ? toDiffLines(text, undefined, []) : toDiffLines(undefined, text, []);
  }, [text, side, isSame]);
  return (
    <TextDiff
      label={`Text of ${name}`}
      lines={lines}
      row={row}
      part={index}
      fold={false}
      cut={cut}
    />
  );
}
