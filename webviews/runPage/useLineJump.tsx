import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChosenPoint } from '../../src/protocol/runPage';
import { Button } from '../shared/controls';
import { readPoints } from './log/useLogPoints';
import type { SectionProps } from './sectionProps';

/**
 * Goes from a point of a metric to the line of the log that gave it. That takes a while where the log is
 * large and was not read for its metrics yet: `view` says how far it is, and lets the user give it up.
 */
export function useLineJump({ host, goTo }: Pick<SectionProps, 'host' | 'goTo'>) {
  const [said, setSaid] = useState('');
  const [isLooking, setLooking] = useState(false);
  const [share, setShare] = useState<number>();
  const last = useRef(0);
  // Who looks at something else by then is not taken away from it.
  useEffect(() => () => void last.current++, []);
  const jump = async (point: ChosenPoint) => {
    const number = ++last.current;
    const isOld = () => number !== last.current;
    setLooking(true);
    setShare(undefined);
    try {
      setSaid('Looking for its line…');
      await readPoints(host, (next) => {
        if (!isOld()) setShare(next < 1 ? next : undefined);
        return isOld();
      });
      if (isOld()) return;
      const line = await host.lineOfPoint(point);
      if (isOld()) return;
      if (line !== undefined) goTo('log', { line });
      else setSaid('No line of the log gave this value: a file did, or the program reported it.');
    } catch (error) {
      if (!isOld()) {
        setSaid(
          `Its line could not be found: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }
    if (isOld()) return;
    setLooking(false);
    setShare(undefined);
  };
  const cancel = () => {
    last.current++;
    setLooking(false);
    setShare(undefined);
    setSaid('');
  };
  const view = (
    <div class={`jump-bar ${said === '' ? '' : 'shown'}`}>
      <span role="status">{said}</span>
      {share !== undefined && <span class="muted">{Math.floor(share * 100)}%</span>}
      {said !== '' && <Button onClick={cancel}>{isLooking ? 'Cancel' : 'Dismiss'}</Button>}
    </div>
  );
  return { jump: (point: ChosenPoint) => void jump(point), view };
}
