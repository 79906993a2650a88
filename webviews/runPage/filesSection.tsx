import { useState } from 'preact/hooks';
import { formatBytes } from '../../src/core/format/formatBytes';
import { fileName, inRoleOrder } from '../../src/core/present/describeFiles';
import type { FileRole, RunFile } from '../../src/core/run/run';
import { TextField } from '../shared/controls';
import { Icon } from '../shared/icon';
import { Answered } from './answered';
import { FilePreviewView } from './filePreviewView';
import type { SectionProps } from './sectionProps';
import { isFound } from './state';
import { useAnswer } from './useAnswer';

const titles: Readonly<Record<FileRole, string>> = {
  output: 'Written',
  input: 'Read',
  config: 'Configuration',
  code: 'Code',
};
const searchedFrom = 12;
const firstRows = 200;

/** What the run wrote, read and was configured by, with sizes and hashes. */
export function FilesSection(props: SectionProps) {
  const { data, run, host } = props;
  const files = useAnswer(
    () => host.readFiles(),
    data.runId,
    run.status === 'running' ? run.metrics.reduce((sum, { count }) => sum + count, 0) : run.status,
  );
  return (
    <Answered answer={files} what="the files">
      {(all) => <FileGroups {...props} files={all.filter(({ role }) => role !== 'code')} />}
    </Answered>
  );
}

function FileGroups(props: SectionProps & { readonly files: readonly RunFile[] }) {
  const { files } = props;
  const [typed, setTyped] = useState('');
  if (files.length === 0) {
    return (
      <div class="section-empty">
        <h2>No files</h2>
        <p>
          Files that a run writes (models, figures, tables) and reads (data, configuration) are
          listed here with their sizes and hashes, once they are seen.
        </p>
      </div>
    );
  }
  const found = inRoleOrder(files).filter(({ path, type }) => isFound(typed, path, type));
  const roles = [...new Set(found.map(({ role }) => role))];
  return (
    <>
      {files.length >= searchedFrom && (
        <div class="card-head">
          <TextField
            label="Search files"
            placeholder="Search files"
            value={typed}
            onInput={setTyped}
          />
          <span class="muted" role="status">
            {typed.trim() === '' ? '' : `${found.length} of ${files.length}`}
          </span>
        </div>
      )}
      {roles.map((role) => (
        <FileGroup
          key={role}
          {...props}
          role={role}
          files={found.filter((file) => file.role === role)}
        />
      ))}
    </>
  );
}

function FileGroup(
  props: SectionProps & { readonly role: FileRole; readonly files: readonly RunFile[] },
) {
  const { role, files } = props;
  const [limit, setLimit] = useState(firstRows);
  return (
    <section class="card" aria-labelledby={`files-${role}`}>
      <h2 id={`files-${role}`}>{titles[role]}</h2>
      <div class="table-scroll">
        <table class="table files">
          <thead>
            <tr>
              <th scope="col">
                <span class="visually-hidden">Preview</span>
              </th>
              <th scope="col">File</th>
              <th scope="col" class="type">
                Type
              </th>
              <th scope="col" class="number size">
                Size
              </th>
              <th scope="col">SHA-256</th>
              <th scope="col">Kept</th>
            </tr>
          </thead>
          <tbody>
            {files.slice(0, limit).map((file) => (
              <FileRows key={file.path} {...props} file={file} />
            ))}
          </tbody>
        </table>
      </div>
      {files.length > limit && (
        <button type="button" class="plain-button link" onClick={() => setLimit(limit * 10)}>
          Show {(files.length - limit).toLocaleString('en')} more
        </button>
      )}
    </section>
  );
}

/** A file, and below it what is in it once that is asked for. */
function FileRows(props: SectionProps & { readonly file: RunFile }) {
  const { file, data, host, attempt } = props;
  const [isOpen, setOpen] = useState(false);
  const { path, type, sizeBytes, hash, isKept, role } = file;
  const name = fileName(path);
  return (
    <>
      <tr>
        <td class="twist">
          <button
            type="button"
            class="plain-button"
            aria-expanded={isOpen}
            aria-label={`Preview ${name}`}
            title="Preview"
            onClick={() => setOpen(!isOpen)}
          >
            <Icon name={isOpen ? 'down' : 'forward'} />
          </button>
        </td>
        <th scope="row">
          <button
            type="button"
            class="plain-button link file-name"
            title={`Open ${path}`}
            onClick={() => attempt(host.openFile({ role, path }))}
          >
            {name}
          </button>
          {path !== name && <span class="muted folder">{path}</span>}
        </th>
        <td>{type}</td>
        <td class="number">{formatBytes(sizeBytes)}</td>
        <td class="mono">
          {hash === undefined ? (
            <span class="muted" title="It could not be read whole">
              not read
            </span>
          ) : (
            <button
              type="button"
              class="plain-button link"
              title={`Copy ${hash}`}
              onClick={() => attempt(host.copy(hash))}
            >
              {hash.slice(0, 12)}
            </button>
          )}
        </td>
        <td title={isKept ? 'Its content is in the record' : 'Only its size and hash are kept'}>
          {isKept ? 'Yes' : <span class="muted">No</span>}
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td />
          <td colSpan={5}>
            <FilePreviewView subject={`${data.runId} ${role} ${path}`} host={host} file={file} />
          </td>
        </tr>
      )}
    </>
  );
}
