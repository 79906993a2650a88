import { useEffect, useState } from 'preact/hooks';
import type { ImportanceSpec } from '../../../../src/core/chart/chartSpec';
import type { ParamsImportance } from '../../../../src/core/plot/paramsImportance';
import type { CardContext } from '../../cardContext';

/** Undefined until it is computed. Points that come change nothing before their run is over. */
export function useImportance({ value }: ImportanceSpec, context: CardContext) {
  const { runs, host, attemptRead } = context;
  const [result, setResult] = useState<{ readonly key: string; readonly read: ParamsImportance }>();
  const key = JSON.stringify([value, runs.map(({ runId, status }) => [runId, status])]);
  useEffect(() => {
    let isGone = false;
    attemptRead(
      host
        .readImportance(
          value,
          runs.map(({ runId }) => runId),
        )
        .then((read) => {
          if (!isGone) setResult({ key, read });
        }),
    );
    return () => {
      isGone = true;
    };
  }, [key]);
  return result?.read;
}
