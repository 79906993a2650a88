import { useMemo, useState } from 'preact/hooks';
import { formatBytes } from '../../src/core/format/formatBytes';
import type { OutputDiff } from '../../src/core/notebook/diffNotebooks';
import { SourceDiff } from '../shared/sourceDiff';
import { type OutputParts, toOutputParts } from './outputParts';
import { oneSideRows, textRows } from './textRows';

/** One output of the old cell beside its counterpart of the new one. */
export function OutputView({
  diff,
  number,
}: {
  readonly diff: OutputDiff;
  readonly number: number;
}) {
  const [oldParts, newParts] = useMemo(
    () => [diff.old && toOutputParts(diff.old), diff.new && toOutputParts(diff.new)],
    [diff],
  );
  const parts = newParts ?? oldParts;
  if (parts === undefined) return undefined;
  const hasImage = oldParts?.imageUrl !== undefined || newParts?.imageUrl !== undefined;
  return (
    <div class={`output output-${diff.kind}`}>
      <h4>
        Output {number}: {parts.title}
        <span class="output-kind"> · {kindText(diff)}</span>
      </h4>
      {hasImage && (
        <div class="images">
          <ImageSide parts={oldParts} side="Old" />
          <ImageSide parts={newParts} side="New" />
        </div>
      )}
      <Texts oldText={oldParts?.text} newText={newParts?.text} label={`Text of output ${number}`} />
      <Others oldParts={oldParts} newParts={newParts} />
    </div>
  );
}

function kindText(diff: OutputDiff): string {
  if (diff.kind === 'same') {
    return diff.onlyVolatile ? 'same but for addresses, ids or times' : 'same';
  }
  return diff.kind;
}

interface ImageSideProps {
  readonly parts: OutputParts | undefined;
  readonly side: 'Old' | 'New';
}

function ImageSide({ parts, side }: ImageSideProps) {
  const [broken, setBroken] = useState(false);
  if (parts?.imageUrl === undefined) return <div class="no-image" />;
  return broken ? (
    <div class="muted">The picture is damaged and cannot be shown.</div>
  ) : (
    <img
      src={parts.imageUrl}
      alt={`${side} output${parts.text === undefined ? '' : `: ${parts.text}`}`}
      loading="lazy"
      onError={() => setBroken(true)}
    />
  );
}

interface TextsProps {
  readonly oldText: string | undefined;
  readonly newText: string | undefined;
  readonly label: string;
}

/** Texts side by side, or one alone on its side. */
export function Texts({ oldText, newText, label }: TextsProps) {
  const rows = useMemo(() => {
    if (oldText !== undefined && newText !== undefined) return textRows(oldText, newText);
    if (oldText !== undefined) return oneSideRows(oldText, 'old');
    return newText === undefined ? [] : oneSideRows(newText, 'new');
  }, [oldText, newText]);
  return rows.length === 0 ? undefined : <SourceDiff rows={rows} label={label} />;
}

interface OthersProps {
  readonly oldParts: OutputParts | undefined;
  readonly newParts: OutputParts | undefined;
}

/** Media that are not shown as what they are: their text, on demand. */
function Others({ oldParts, newParts }: OthersProps) {
  const media = [
    ...new Set([...(oldParts?.others ?? []), ...(newParts?.others ?? [])].map((one) => one.media)),
  ];
  return (
    <>
      {media.map((name) => (
        <OtherMedia
          key={name}
          name={name}
          oldText={oldParts?.others.find((one) => one.media === name)?.text}
          newText={newParts?.others.find((one) => one.media === name)?.text}
          // Where the medium is all there is, it must be seen that something is there.
          openFirst={(newParts ?? oldParts)?.text === undefined}
        />
      ))}
    </>
  );
}

interface OtherMediaProps {
  readonly name: string;
  readonly oldText: string | undefined;
  readonly newText: string | undefined;
  readonly openFirst: boolean;
}

function OtherMedia({ name, oldText, newText, openFirst }: OtherMediaProps) {
  const [open, setOpen] = useState(openFirst);
  const state =
    oldText === newText
      ? 'same'
      : oldText === undefined
        ? 'added'
        : newText === undefined
          ? 'removed'
          : 'changed';
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {name} as text, {formatBytes((newText ?? oldText ?? '').length)}, {state}
      </summary>
      {open && <Texts oldText={oldText} newText={newText} label={`${name} as text`} />}
    </details>
  );
}
