import { useEffect, useState } from 'preact/hooks';
import type { Edit } from '../../src/core/change/change';
import { parseTag, tagText } from '../../src/core/run/tag';
import type { KeyWord } from '../../src/core/search/suggestSearch';
import { Button } from '../shared/controls';
import { Icon } from '../shared/icon';
import type { EditKind } from './commands';
import { Popover } from './popover';

export interface CellEdit {
  readonly kind: EditKind;
  readonly slots: readonly number[];
  /** Where the cell is, in the page. */
  readonly box: {
    readonly left: number;
    readonly top: number;
    readonly bottom: number;
    readonly width: number;
  };
}

interface CellEditorProps {
  readonly edit: CellEdit;
  /** The name that the user gave, or the note, as it is; the tags, one a line. */
  readonly value: string;
  /** What the run is called without a name. */
  readonly name: string;
  /** The tags that runs have, with their values. */
  readonly readTags: () => Promise<readonly KeyWord[]>;
  readonly onEdit: (edit: Edit) => void;
  readonly onClose: () => void;
}

/** Changes what the user says of a run where it stands: Enter takes it, Escape leaves it. */
export function CellEditor(props: CellEditorProps) {
  switch (props.edit.kind) {
    case 'name':
      return <NameEditor {...props} />;
    case 'note':
      return <NoteEditor {...props} />;
    case 'tags':
      return <TagEditor {...props} />;
  }
}

function NameEditor({ edit, value, name, onEdit, onClose }: CellEditorProps) {
  const { left, top, width } = edit.box;
  return (
    <Popover label="Rename Run" class="name-editor" xPx={left} yPx={top} onClose={onClose}>
      <input
        class="field"
        aria-label="Name; empty gives the run its own name back"
        value={value}
        placeholder={value === '' ? name : 'Its own name'}
        style={{ width: `${Math.max(160, width)}px` }}
        onFocus={(event) => event.currentTarget.select()}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          const given = event.currentTarget.value.trim();
          if (given !== value) onEdit({ field: 'name', value: given || undefined });
          onClose();
        }}
      />
    </Popover>
  );
}

function NoteEditor({ edit, value, onEdit, onClose }: CellEditorProps) {
  const { left, bottom } = edit.box;
  return (
    <Popover label="Edit Note" class="note-editor" xPx={left} yPx={bottom} onClose={onClose}>
      <textarea
        class="field"
        rows={4}
        aria-label="Note: what should be remembered of it"
        aria-describedby="note-keys"
        value={value}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey) return;
          event.preventDefault();
          const note = event.currentTarget.value.trim();
          if (note !== value) onEdit({ field: 'note', value: note || undefined });
          onClose();
        }}
      />
      <span id="note-keys" class="muted">
        Enter keeps it, Shift+Enter begins a line
      </span>
    </Popover>
  );
}

function TagEditor({ edit, value, readTags, onEdit, onClose }: CellEditorProps) {
  const { left, bottom } = edit.box;
  const [typed, setTyped] = useState('');
  const [known, setKnown] = useState<readonly string[]>([]);
  // Without what others have been given a tag can be typed all the same.
  useEffect(() => void readTags().then((words) => setKnown(textsOf(words)), ignore), []);
  const tags = value === '' ? [] : value.split('\n');
  const remove = (text: string) => {
    const tag = parseTag(text);
    if (tag) onEdit({ field: 'tag', key: tag.key, value: undefined });
  };
  const add = (text: string) => {
    const tag = parseTag(text);
    if (tag) onEdit({ field: 'tag', key: tag.key, value: tag.value });
    setTyped('');
  };
  return (
    <Popover label="Edit Tags" class="tag-editor" xPx={left} yPx={bottom} onClose={onClose}>
      <input
        class="field"
        aria-label="New tag"
        placeholder="word, or name=value"
        list="known-tags"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          const last = tags.at(-1);
          if (event.key === 'Enter' && typed.trim() === '') onClose();
          else if (event.key === 'Enter') add(typed);
          else if (event.key === 'Backspace' && typed === '' && last !== undefined) remove(last);
          else return;
          event.preventDefault();
        }}
      />
      <datalist id="known-tags">
        {known
          .filter((tag) => !tags.includes(tag))
          .map((tag) => (
            <option key={tag} value={tag} />
          ))}
      </datalist>
      {tags.length > 0 && (
        <ul class="tag-list" aria-label="Tags">
          {tags.map((tag) => (
            <li key={tag} class="tag">
              {tag}
              <button
                type="button"
                class="plain-button"
                aria-label={`Remove ${tag}`}
                onClick={() => remove(tag)}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Button onClick={onClose}>Done</Button>
    </Popover>
  );
}

function textsOf(words: readonly KeyWord[]): readonly string[] {
  return words.flatMap(({ key, values }) => values.map((value) => tagText(key, value)));
}

const ignore = () => undefined;
