import { formatBytes } from '../../src/core/format/formatBytes';
import { fileName, inRoleOrder } from '../../src/core/present/describeFiles';
import type { FileRole, RunFile } from '../../src/core/run/run';
import { Answered } from './answered';
import type { SectionProps } from './sectionProps';
import { useAnswer } from './useAnswer';

const titles: Readonly<Record<FileRole, string>> = {
  output: 'Written',
  input: 'Read',
  config: 'Configuration',
  code: 'Code',
};

/** What the run wrote, read and was configured by, with sizes and hashes. */
export function FilesSection({ data, run, host }: SectionProps) {
  const files = useAnswer(
    () => host.readFiles(),
    data.runId,
    `${run.status} ${run.endedAtMs ?? ''}`,
  );
  return (
    <Answered answer={files} what="the files">
      {(all) => <FileGroups files={all.filter(({ role }) => role !== 'code')} />}
    </Answered>
  );
}

function FileGroups({ files }: { readonly files: readonly RunFile[] }) {
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
  const ordered = inRoleOrder(files);
  const roles = [...new Set(ordered.map(({ role }) => role))];
  return (
    <>
      {roles.map((role) => (
        <section key={role} class="card" aria-labelledby={`files-${role}`}>
          <h2 id={`files-${role}`}>{titles[role]}</h2>
          <div class="table-scroll">
            <table class="table files">
              <thead>
                <tr>
                  <th scope="col">File</th>
                  <th scope="col">Type</th>
                  <th scope="col" class="number">
                    Size
                  </th>
                  <th scope="col">SHA-256</th>
                  <th scope="col">Kept</th>
                </tr>
              </thead>
              <tbody>
                {ordered
                  .filter((file) => file.role === role)
                  .map((file) => (
                    <tr key={file.path}>
                      <th scope="row" title={file.path}>
                        {fileName(file.path)}
                        <span class="muted folder">{file.path}</span>
                      </th>
                      <td>{file.type}</td>
                      <td class="number">{formatBytes(file.sizeBytes)}</td>
                      <td class="mono" title={file.hash}>
                        {file.hash?.slice(0, 12) ?? <span class="muted">not read</span>}
                      </td>
                      <td>{file.isKept ? 'Yes' : <span class="muted">No</span>}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </div>
        </section>
      ))}
    </>
  );
}
