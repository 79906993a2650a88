import type { MetadataChange } from '../../src/core/notebook/metadataDiff';

/** Values beside sources and outputs that differ, each by its name. */
export function MetadataView({ changes }: { readonly changes: readonly MetadataChange[] }) {
  return (
    <div class="metadata">
      <h4>Metadata</h4>
      <dl>
        {changes.map(({ path, old, new: fresh, isMinor }) => (
          <div key={path} class={isMinor ? 'minor' : ''}>
            <dt>{path}</dt>
            <dd class="mono">
              {old === undefined ? <span class="muted">none</span> : <del>{old}</del>}{' '}
              <span class="arrow">→</span>{' '}
              {fresh === undefined ? <span class="muted">none</span> : <ins>{fresh}</ins>}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
