import { useMemo, useState } from 'preact/hooks';
import { formatBytes } from '../../src/core/format/formatBytes';
import { type DataframeGrid, readDataframe } from '../../src/core/notebook/dataframeGrid';
import type { NotebookOutput } from '../../src/core/notebook/notebook';
import type { CutOutput } from '../../src/core/notebook/view/shownMedium';
import { decodeLog } from '../../src/core/terminal/decodeLog';

/**
 * The outputs of a cell as they were. Nothing of them is run or rendered but text, tables of text, and
 * pictures of pixels.
 */
export function Outputs({ outputs }: { readonly outputs: readonly CutOutput[] }) {
  if (outputs.length === 0) return <p class="muted">It gave no output.</p>;
  return (
    <>
      {outputs.map((output, index) => (
        <div key={index}>
          <Output output={output} />
          {output.leftOutChars !== undefined && <NotShown chars={output.leftOutChars} />}
        </div>
      ))}
    </>
  );
}

/** Says that a text goes on. */
export function NotShown({ chars }: { readonly chars: number }) {
  return <p class="muted">{chars.toLocaleString('en')} more characters are not shown.</p>;
}

function Output({ output }: { readonly output: NotebookOutput }) {
  const { kind, data } = output;
  const html = own(data, 'text/html');
  const grid = useMemo(() => (html === undefined ? undefined : readDataframe(html)), [html]);
  if (kind === 'stream')
    return <Text text={decodeLog(output.text ?? '')} label={output.name ?? 'stdout'} />;
  if (kind === 'error') {
    const head = [output.ename, output.evalue].filter(Boolean).join(': ');
    return (
      <div class="failed">
        <p class="mono error-head">{head}</p>
        {output.traceback && <Text text={decodeLog(output.traceback)} label="Traceback" />}
      </div>
    );
  }
  const plain = own(data, 'text/plain');
  const image = findImage(data);
  const others = Object.entries(data).filter(
    ([media]) => media !== 'text/plain' && !imageMedia.includes(media),
  );
  return (
    <div class="output">
      {image !== undefined && <Picture url={image} text={plain} />}
      {grid !== undefined && <Grid grid={grid} />}
      {plain !== undefined && image === undefined && grid === undefined && (
        <Text text={decodeLog(plain)} label={kind === 'result' ? 'Result' : 'Display'} />
      )}
      {others
        .filter(([media]) => grid === undefined || media !== 'text/html')
        .map(([media, text]) => (
          <details key={media}>
            <summary>
              {media} as text, {formatBytes(text.length)}
            </summary>
            <Text text={text} label={media} />
          </details>
        ))}
    </div>
  );
}

const imageMedia = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** A key such as `__proto__` is no medium of every output. */
function own(data: NotebookOutput['data'], media: string): string | undefined {
  return Object.hasOwn(data, media) ? data[media] : undefined;
}

/** A `data:` URL of what is base64 and nothing else. */
function findImage(data: NotebookOutput['data']): string | undefined {
  for (const media of imageMedia) {
    const base64 = own(data, media)?.replace(/\s+/g, '') ?? '';
    if (base64 !== '' && base64.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(base64)) {
      return `data:${media};base64,${base64}`;
    }
  }
  return undefined;
}

function Picture({ url, text }: { readonly url: string; readonly text: string | undefined }) {
  const [broken, setBroken] = useState(false);
  return broken ? (
    <p class="muted">The picture is damaged and cannot be shown.</p>
  ) : (
    <img
      src={url}
      alt={`Output${text === undefined ? '' : `: ${text}`}`}
      onError={() => setBroken(true)}
    />
  );
}

const firstLines = 200;

function Text({ text, label }: { readonly text: string; readonly label: string }) {
  const [limit, setLimit] = useState(firstLines);
  const lines = useMemo(() => text.replace(/\n$/, '').split('\n'), [text]);
  return (
    <div class="text-output">
      {/* Long lines are wrapped, so nothing needs to be scrolled sideways. */}
      <span class="muted label">{label}</span>
      <pre class="mono">{lines.slice(0, limit).join('\n')}</pre>
      {lines.length > limit && (
        <button type="button" class="plain-button muted" onClick={() => setLimit(limit * 10)}>
          ⋯ {(lines.length - limit).toLocaleString('en')} more lines
        </button>
      )}
    </div>
  );
}

const firstRows = 60;

function Grid({ grid }: { readonly grid: DataframeGrid }) {
  const [all, setAll] = useState(false);
  const rows = all ? grid.rows : grid.rows.slice(0, firstRows);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section class="grid" aria-label="Table" tabIndex={0}>
      <table class="mono">
        <thead>
          <tr>
            {grid.columns.map((column, index) =>
              column === '' ? (
                <td key={index} />
              ) : (
                <th key={index} scope="col">
                  {column}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((text, index) =>
                index < grid.indexWidth ? (
                  <th key={index} scope="row">
                    {text}
                  </th>
                ) : (
                  <td key={index}>{text}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length < grid.rows.length && (
        <button type="button" class="plain-button muted" onClick={() => setAll(true)}>
          ⋯ {(grid.rows.length - rows.length).toLocaleString('en')} more rows
        </button>
      )}
      {grid.note !== '' && <p class="muted">{grid.note}</p>}
    </section>
  );
}
