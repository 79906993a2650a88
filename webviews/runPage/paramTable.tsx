import { useState } from 'preact/hooks';
import { pinnedFirst } from '../../src/core/run/pinnedKeys';
import type { Param, ParamOrigin } from '../../src/core/run/run';
import { TextField } from '../shared/controls';
import { Icon } from '../shared/icon';
import { PinButton } from './pinButton';
import { isFound } from './state';
import { useKeptFocus } from './useKeptFocus';

interface ParamTableProps {
  readonly params: readonly Param[];
  /** Keys; they come first. */
  readonly pinned: readonly string[];
  readonly onPin: (key: string, isPinned: boolean) => void;
  readonly onCopy: (text: string) => void;
}

const origins: Readonly<Record<ParamOrigin, { readonly word: string; readonly meaning: string }>> =
  {
    argv: { word: 'command', meaning: 'Typed on the command line' },
    config: { word: 'config', meaning: 'Read from a configuration file' },
    default: { word: 'default', meaning: 'What the program takes if nothing is said' },
    cell: { word: 'cell', meaning: 'Assigned in a cell of the notebook' },
    printed: { word: 'printed', meaning: 'Printed by the program' },
    client: { word: 'reported', meaning: 'Reported by the program itself' },
  };

const firstRows = 200;
/** From here on a search saves more than it takes away. */
const searchedFrom = 8;

/** The inputs of a run, each with where it came from. */
export function ParamTable({ params, pinned, onPin, onCopy }: ParamTableProps) {
  const [typed, setTyped] = useState('');
  const [limit, setLimit] = useState(firstRows);
  useKeptFocus();
  const shown = pinnedFirst(params, pinned).filter(({ key, value, origin }) =>
    isFound(typed, key, value, origins[origin].word),
  );
  return (
    <section class="card" aria-labelledby="params-title">
      <div class="card-head">
        <h2 id="params-title">Params</h2>
        {params.length >= searchedFrom && (
          <TextField
            label="Search params"
            placeholder="Search params"
            value={typed}
            onInput={setTyped}
          />
        )}
        <span class="muted" role="status">
          {typed.trim() === ''
            ? ''
            : `${shown.length.toLocaleString('en')} of ${params.length.toLocaleString('en')}`}
        </span>
      </div>
      {params.length === 0 ? (
        <p class="muted">
          No params are known. They are read from the command line, configuration files, defaults
          and what the program prints.
        </p>
      ) : (
        <div class="table-scroll">
          <table class="table params">
            <thead>
              <tr>
                <th scope="col">Param</th>
                <th scope="col">Value</th>
                <th scope="col">From</th>
                <th scope="col">
                  <span class="visually-hidden">Pin and copy</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.slice(0, limit).map(({ key, value, origin }) => (
                <tr key={key}>
                  <th scope="row">{key}</th>
                  <td class="mono value">{value}</td>
                  <td class="muted" title={origins[origin].meaning}>
                    {origins[origin].word}
                  </td>
                  <td class="row-actions">
                    <PinButton
                      name={key}
                      isPinned={pinned.includes(key)}
                      onPin={(isPinned) => onPin(key, isPinned)}
                    />
                    <button
                      type="button"
                      class="plain-button"
                      aria-label={`Copy ${key}`}
                      title="Copy Value"
                      onClick={() => onCopy(value)}
                    >
                      <Icon name="copy" />
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {shown.length > limit && (
            <button type="button" class="plain-button link" onClick={() => setLimit(limit * 10)}>
              Show {(shown.length - limit).toLocaleString('en')} more
            </button>
          )}
        </div>
      )}
    </section>
  );
}
