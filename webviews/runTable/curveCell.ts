import { type CellView, setText } from './drawContext';

const namespace = 'http://www.w3.org/2000/svg';

/** A series drawn small, as one path, with what it shows in words for who does not see it. */
export function createCurveCell(key: string): CellView {
  const element = document.createElement('div');
  element.setAttribute('role', 'gridcell');
  element.className = 'cell cell-curve';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 100 20');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(namespace, 'path');
  svg.append(path);
  const words = document.createElement('span');
  words.className = 'visually-hidden';
  const text = document.createTextNode('');
  words.append(text);
  element.append(svg, words);
  let shown = '';
  const show = (line: string, inWords: string) => {
    if (line === shown) return;
    shown = line;
    path.setAttribute('d', line);
    setText(text, inWords);
  };
  return {
    element,
    drawRun(slot, { curves }) {
      const curve = curves.get(key, slot);
      show(curve?.path ?? '', curve?.text ?? '');
    },
    drawGroup: () => show('', ''),
  };
}
