import { fileName } from '../../src/core/present/describeFiles';
import type { RunFile } from '../../src/core/run/run';
import type { ShownFile } from '../../src/protocol/runPage';
import { toImageUrl } from '../shared/imageUrl';
import { Answered } from './answered';
import type { SectionProps } from './sectionProps';
import { useAnswer } from './useAnswer';

interface FilePreviewViewProps extends Pick<SectionProps, 'host'> {
  readonly subject: string;
  readonly file: RunFile;
}

/** What is in a file: a picture, the first rows of a table, the beginning of a text. */
export function FilePreviewView({ subject, host, file }: FilePreviewViewProps) {
  const { role, path } = file;
  const shown = useAnswer(() => host.readPreview({ role, path }), subject);
  return (
    <Answered answer={shown} what="the file">
      {({ preview, isOfNow }) => (
        <div class="preview">
          {isOfNow && (
            <p class="muted">This is the file as it is now: what the run left was not kept.</p>
          )}
          <Preview preview={preview} name={fileName(path)} />
        </div>
      )}
    </Answered>
  );
}

function Preview({ preview, name }: Pick<ShownFile, 'preview'> & { readonly name: string }) {
  switch (preview.kind) {
    case 'none':
      return <p class="muted">{preview.why}</p>;
    case 'image': {
      const url = toImageUrl(preview.media, preview.base64);
      return url === undefined ? (
        <p class="muted">The picture is damaged.</p>
      ) : (
        <img class="preview-image" src={url} alt={name} />
      );
    }
    case 'text':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
        <section class="source mono" aria-label={name} tabIndex={0}>
          {preview.text}
          {preview.isCut && '\n…'}
        </section>
      );
    case 'table':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
        <section class="table-scroll" aria-label={name} tabIndex={0}>
          <table class="table preview-table">
            <tbody>
              {preview.rows.map((row, index) => (
                <tr key={index}>
                  {row.map((cell, column) =>
                    index === 0 ? <th key={column}>{cell}</th> : <td key={column}>{cell}</td>,
                  )}
                </tr>
              ))}
            </tbody>
          </table>
          {preview.isCut && <p class="muted">… and more rows</p>}
        </section>
      );
  }
}
