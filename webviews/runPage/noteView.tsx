import { useState } from 'preact/hooks';
import { Button, TextArea } from '../shared/controls';
import { NoteText } from './noteText';

interface NoteViewProps {
  readonly note: string | undefined;
  readonly onSave: (note: string | undefined) => void;
}

/** What the user says of the run. */
export function NoteView({ note, onSave }: NoteViewProps) {
  const [typed, setTyped] = useState<string>();
  return (
    <section class="card note" aria-labelledby="note-title">
      <div class="card-head">
        <h2 id="note-title">Note</h2>
        {typed === undefined && (
          <Button onClick={() => setTyped(note ?? '')}>
            {note === undefined ? 'Write a Note' : 'Edit'}
          </Button>
        )}
      </div>
      {typed !== undefined ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: keys of the field in it.
        <div
          class="note-edit"
          onKeyDown={(event) => {
            if (event.key === 'Escape') setTyped(undefined);
            else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              onSave(typed.trim() || undefined);
              setTyped(undefined);
            } else return;
            event.preventDefault();
          }}
        >
          <TextArea label="Note" rows={6} value={typed} onInput={setTyped} />
          <div class="buttons">
            <Button
              look="primary"
              onClick={() => {
                onSave(typed.trim() || undefined);
                setTyped(undefined);
              }}
            >
              Save
            </Button>
            <Button onClick={() => setTyped(undefined)}>Cancel</Button>
            <span class="muted">
              <kbd>Ctrl</kbd>+<kbd>Enter</kbd> saves. Headings, lists, <b>**bold**</b> and{' '}
              <code>`code`</code> are shown as such.
            </span>
          </div>
        </div>
      ) : note === undefined ? (
        <p class="muted">What should be remembered of this run?</p>
      ) : (
        <NoteText note={note} />
      )}
    </section>
  );
}
