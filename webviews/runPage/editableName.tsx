import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../shared/icon';

interface EditableNameProps {
  /** What the run is called. */
  readonly name: string;
  /** The name that the user gave it, if any. */
  readonly given: string | undefined;
  readonly onRename: (name: string | undefined) => void;
}

/** The name of the run, which a click turns into a field: Enter keeps what is typed, Escape what was. */
export function EditableName({ name, given, onRename }: EditableNameProps) {
  const [typed, setTyped] = useState<string>();
  const isEditing = typed !== undefined;
  const field = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  /** A field that goes away says that it lost the focus. */
  const isDone = useRef(false);
  useLayoutEffect(() => {
    if (isEditing) field.current?.select();
    else if (wasEditing.current) button.current?.focus();
    wasEditing.current = isEditing;
  }, [isEditing]);

  if (!isEditing) {
    return (
      <h1 class="name">
        <button
          ref={button}
          type="button"
          class="plain-button name-button"
          title="Rename (Enter)"
          onClick={() => {
            isDone.current = false;
            setTyped(given ?? name);
          }}
        >
          <span class="name-text">{name}</span>
          <Icon name="edit" class="name-edit" />
          <span class="visually-hidden">, rename</span>
        </button>
      </h1>
    );
  }
  const cancel = () => {
    isDone.current = true;
    setTyped(undefined);
  };
  const finish = (value: string) => {
    if (isDone.current) return;
    cancel();
    const next = value.trim() === '' ? undefined : value.trim();
    if (next !== given && !(given === undefined && next === name)) onRename(next);
  };
  return (
    <input
      ref={field}
      class="name-field"
      aria-label="Name of the run"
      placeholder="Its own name"
      value={typed}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish(event.currentTarget.value);
        else if (event.key === 'Escape') cancel();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}
