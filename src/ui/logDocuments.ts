import { Disposable, EventEmitter, Uri, workspace } from 'vscode';
import { describeLogLeftOut } from '../core/present/describeLeftOut';
import type { Run, RunId } from '../core/run/run';
import { sourceName } from '../core/run/runName';
import { schemes } from '../platform/contributionIds';
import type { Services } from './services';
import { createThrottle } from './throttle';

/** Where a run's log can be read; the last part is what its tab shows. */
export function logUri(run: Run): Uri {
  const name = sourceName(run.source).replaceAll('/', '∕');
  return Uri.from({ scheme: schemes.log, path: `/${run.id}/${name}.log` });
}

/** The raw log of a run as text: colours taken out, redrawn lines as they stood last. */
export function registerLogDocuments(
  services: Pick<Services, 'cache' | 'reader' | 'extraction'>,
): Disposable {
  const { cache, reader, extraction } = services;
  const changed = new EventEmitter<Uri>();
  const shown = () =>
    workspace.textDocuments.filter(({ uri }) => uri.scheme === schemes.log).map(({ uri }) => uri);
  const refresh = createThrottle(() => {
    for (const uri of shown()) {
      if (cache.run(logRunId(uri))?.status === 'running') changed.fire(uri);
    }
  }, 1000);
  const stop = cache.onDidChange(({ runs }) => {
    if (runs && shown().length > 0) refresh.request();
  });
  return Disposable.from(
    changed,
    refresh,
    { dispose: stop },
    workspace.registerTextDocumentContentProvider(schemes.log, {
      onDidChange: changed.event,
      provideTextDocumentContent: async (uri) => {
        const text = await extraction.decodeLog(await reader.readLog(logRunId(uri)));
        const leftOut = cache.run(logRunId(uri))?.logLeftOut;
        return leftOut ? withEnd(text, `[Epochlog: ${describeLogLeftOut(leftOut)}]`) : text;
      },
    }),
  );
}

/** The run whose log a document is. */
export function logRunId(uri: Uri): RunId {
  // SAFETY: an id that is not there is found nowhere.
  return (uri.path.split('/')[1] ?? '') as RunId;
}

function withEnd(text: string, line: string): string {
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`;
}
