import { useRef, useState } from 'preact/hooks';
import type { ChosenPoint } from '../../src/protocol/runPage';
import { readPoints } from './log/useLogPoints';
import type { SectionProps } from './sectionProps';

/** Goes from a point of a metric to the line of the log that gave it. */
export function useLineJump({ host, goTo }: Pick<SectionProps, 'host' | 'goTo'>) {
  const [said, setSaid] = useState('');
  const last = useRef(0);
  const jump = async (point: ChosenPoint) => {
    const number = ++last.current;
    const isOld = () => number !== last.current;
    try {
      setSaid('Looking for its line…');
      await readPoints(host, (share) => {
        if (share < 1 && !isOld()) setSaid(`Looking for its line: ${Math.floor(share * 100)}%`);
        return isOld();
      });
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
  };
  return { jump: (point: ChosenPoint) => void jump(point), said };
}
