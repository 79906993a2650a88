import { useState } from 'preact/hooks';
import type { Remote } from '../../src/core/rpc';
import type { TeachHost } from '../../src/protocol/teachPage';
import { Button, TextField } from '../shared/controls';
import { Icon } from '../shared/icon';

interface FindBarProps {
  readonly host: Remote<TeachHost>;
  /** The line to go on from. */
  readonly from: number;
  readonly onFound: (line: number) => void;
}

/** Finds a text in the whole log, as the page itself holds only the lines on screen. */
export function FindBar({ host, from, onFound }: FindBarProps) {
  const [text, setText] = useState('');
  const [isMissing, setMissing] = useState(false);
  const find = (step: 1 | -1) => {
    if (text === '') return;
    host.findLine(text, from, step).then(
      (line) => {
        setMissing(line === undefined);
        if (line !== undefined) onFound(line);
      },
      // Another search has begun.
      () => undefined,
    );
  };
  return (
    <search
      class="find"
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        find(event.shiftKey ? -1 : 1);
        event.preventDefault();
      }}
    >
      <TextField
        label="Find in the log"
        placeholder="Find in the log"
        value={text}
        onInput={(next) => {
          setText(next);
          setMissing(false);
        }}
      />
      <Button
        look="icon"
        label="Find previous"
        title="Find Previous (Shift+Enter)"
        onClick={() => find(-1)}
      >
        <Icon name="up" />
      </Button>
      <Button look="icon" label="Find next" title="Find Next (Enter)" onClick={() => find(1)}>
        <Icon name="down" />
      </Button>
      <span role="status" class="muted">
        {isMissing ? 'Not found' : ''}
      </span>
    </search>
  );
}
