import { Fragment } from 'preact';
import { useMemo } from 'preact/hooks';
import { type NoteBlock, type NoteSpan, parseNote } from '../../src/core/present/parseNote';

/** A note as its few signs mean it. */
export function NoteText({ note }: { readonly note: string }) {
  const blocks = useMemo(() => parseNote(note), [note]);
  return (
    <div class="note-text">
      {blocks.map((block, index) => (
        <Block key={index} block={block} />
      ))}
    </div>
  );
}

function Block({ block }: { readonly block: NoteBlock }) {
  switch (block.kind) {
    case 'heading':
      return (
        <h3 class={`note-heading-${block.level}`}>
          <Spans spans={block.spans} />
        </h3>
      );
    case 'code':
      return <pre class="mono note-code">{block.text}</pre>;
    case 'list': {
      const items = block.items.map((spans, index) => (
        <li key={index}>
          <Spans spans={spans} />
        </li>
      ));
      return block.isOrdered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'paragraph':
      return (
        <p>
          {block.lines.map((spans, index) => (
            <Fragment key={index}>
              {index > 0 && <br />}
              <Spans spans={spans} />
            </Fragment>
          ))}
        </p>
      );
  }
}

function Spans({ spans }: { readonly spans: readonly NoteSpan[] }) {
  return (
    <>
      {spans.map(({ kind, text }, index) => {
        if (kind === 'text') return text;
        if (kind === 'bold') return <b key={index}>{text}</b>;
        return kind === 'italic' ? <i key={index}>{text}</i> : <code key={index}>{text}</code>;
      })}
    </>
  );
}
