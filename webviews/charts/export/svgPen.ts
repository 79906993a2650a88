/** What draws as on a canvas, and the SVG that came of it. */
export interface SvgPen {
  readonly pen: CanvasRenderingContext2D;
  toText(): string;
}

interface Style {
  fillStyle: string;
  strokeStyle: string;
  lineWidth: number;
  lineCap: string;
  lineJoin: string;
  globalAlpha: number;
  font: string;
  textAlign: string;
  textBaseline: string;
  dash: readonly number[];
  /** a, b, c, d, e, f of SVG's matrix. */
  matrix: Matrix;
  clip: string;
}

type Matrix = readonly [number, number, number, number, number, number];

const firstStyle: Style = {
  fillStyle: '#000000',
  strokeStyle: '#000000',
  lineWidth: 1,
  lineCap: 'butt',
  lineJoin: 'miter',
  globalAlpha: 1,
  font: '10px sans-serif',
  textAlign: 'start',
  textBaseline: 'alphabetic',
  dash: [],
  matrix: [1, 0, 0, 1, 0, 0],
  clip: '',
};

/**
 * A 2D context that writes paths and texts as elements of SVG 1.1: real vectors. It knows what charts
 * are drawn with: paths, arcs, rectangles, clipping, dashes, transformations, texts and pictures.
 */
export function createSvgPen(widthPx: number, heightPx: number, title: string): SvgPen {
  const writer = new SvgWriter();
  return {
    // SAFETY: the writer has all that charts and `drawSheet` use; what it lacks would throw in a test.
    pen: writer as unknown as CanvasRenderingContext2D,
    toText: () =>
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${widthPx} ${heightPx}" role="img">\n<title>${escapeXml(title)}</title>\n<defs>${writer.clips.join('')}</defs>\n${writer.elements.join('\n')}\n</svg>\n`,
  };
}

class SvgWriter implements Omit<Style, 'dash' | 'matrix' | 'clip'> {
  readonly elements: string[] = [];
  readonly clips: string[] = [];
  fillStyle = firstStyle.fillStyle;
  strokeStyle = firstStyle.strokeStyle;
  lineWidth = firstStyle.lineWidth;
  lineCap = firstStyle.lineCap;
  lineJoin = firstStyle.lineJoin;
  lineDashOffset = 0;
  imageSmoothingEnabled = true;
  globalAlpha = firstStyle.globalAlpha;
  font = firstStyle.font;
  textAlign = firstStyle.textAlign;
  textBaseline = firstStyle.textBaseline;
  private dash = firstStyle.dash;
  private matrix: Matrix = firstStyle.matrix;
  private clipId = firstStyle.clip;
  private readonly saved: Style[] = [];
  private path: string[] = [];
  private readonly measure = new OffscreenCanvas(1, 1).getContext('2d');

  save(): void {
    const { fillStyle, strokeStyle, lineWidth, lineCap, lineJoin, globalAlpha } = this;
    const { font, textAlign, textBaseline, dash, matrix, clipId: clip } = this;
    this.saved.push({
      ...{ fillStyle, strokeStyle, lineWidth, lineCap, lineJoin, globalAlpha },
      ...{ font, textAlign, textBaseline, dash, matrix, clip },
    });
  }
  restore(): void {
    const style = this.saved.pop();
    if (style === undefined) return;
    const { clip, ...rest } = style;
    Object.assign(this, rest);
    this.clipId = clip;
  }

  translate(x: number, y: number): void {
    this.transform(1, 0, 0, 1, x, y);
  }
  scale(x: number, y: number): void {
    this.transform(x, 0, 0, y, 0, 0);
  }
  rotate(angle: number): void {
    this.transform(Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0);
  }
  transform(a: number, b: number, c: number, d: number, e: number, f: number): void {
    const [a0, b0, c0, d0, e0, f0] = this.matrix;
    this.matrix = [
      a0 * a + c0 * b,
      b0 * a + d0 * b,
      a0 * c + c0 * d,
      b0 * c + d0 * d,
      a0 * e + c0 * f + e0,
      b0 * e + d0 * f + f0,
    ];
  }

  beginPath(): void {
    this.path = [];
  }
  closePath(): void {
    this.path.push('Z');
  }
  moveTo(x: number, y: number): void {
    this.path.push(`M${this.point(x, y)}`);
  }
  lineTo(x: number, y: number): void {
    this.path.push(`${this.path.length === 0 ? 'M' : 'L'}${this.point(x, y)}`);
  }
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    this.path.push(`C${this.point(x1, y1)} ${this.point(x2, y2)} ${this.point(x, y)}`);
  }
  quadraticCurveTo(x1: number, y1: number, x: number, y: number): void {
    this.path.push(`Q${this.point(x1, y1)} ${this.point(x, y)}`);
  }
  rect(x: number, y: number, width: number, height: number): void {
    this.moveTo(x, y);
    this.lineTo(x + width, y);
    this.lineTo(x + width, y + height);
    this.lineTo(x, y + height);
    this.closePath();
  }
  /** Radii of corners are left out: charts draw none that are seen. */
  roundRect(x: number, y: number, width: number, height: number): void {
    this.rect(x, y, width, height);
  }
  arc(x: number, y: number, radius: number, from: number, to: number, isBack = false): void {
    const turn = isBack ? from - to : to - from;
    const steps = Math.max(1, Math.ceil(Math.min(Math.abs(turn), 2 * Math.PI) / (Math.PI / 2)));
    const angle = (Math.min(Math.abs(turn), 2 * Math.PI) / steps) * (isBack ? -1 : 1);
    const at = (a: number): readonly [number, number] => [
      x + radius * Math.cos(a),
      y + radius * Math.sin(a),
    ];
    const [startX, startY] = at(from);
    if (this.path.length === 0) this.moveTo(startX, startY);
    else this.lineTo(startX, startY);
    // A quarter of a circle as a cubic curve is right to 0.03 % of its radius.
    const handle = (4 / 3) * Math.tan(angle / 4) * radius;
    for (let step = 0; step < steps; step++) {
      const a0 = from + step * angle;
      const a1 = a0 + angle;
      const [x0, y0] = at(a0);
      const [x1, y1] = at(a1);
      this.bezierCurveTo(
        x0 - handle * Math.sin(a0),
        y0 + handle * Math.cos(a0),
        x1 + handle * Math.sin(a1),
        y1 - handle * Math.cos(a1),
        x1,
        y1,
      );
    }
  }
  ellipse(
    x: number,
    y: number,
    radius: number,
    _y: number,
    _r: number,
    a: number,
    b: number,
  ): void {
    this.arc(x, y, radius, a, b);
  }

  clip(): void {
    const id = `clip${this.clips.length}`;
    const inside = this.clipId === '' ? '' : ` clip-path="url(#${this.clipId})"`;
    this.clips.push(`<clipPath id="${id}"><path d="${this.path.join('')}"${inside}/></clipPath>`);
    this.clipId = id;
  }
  stroke(): void {
    if (this.path.length === 0) return;
    const [a, b] = this.matrix;
    const width = round(this.lineWidth * Math.hypot(a, b));
    const dash = this.dash.length === 0 ? '' : ` stroke-dasharray="${this.dash.join(' ')}"`;
    this.add(
      `<path d="${this.path.join('')}" fill="none" ${paint('stroke', this.strokeStyle)} stroke-width="${width}" stroke-linejoin="${this.lineJoin}" stroke-linecap="${this.lineCap}"${dash}`,
    );
  }
  fill(): void {
    if (this.path.length === 0) return;
    this.add(`<path d="${this.path.join('')}" ${paint('fill', this.fillStyle)}`);
  }
  fillRect(x: number, y: number, width: number, height: number): void {
    const { path } = this;
    this.path = [];
    this.rect(x, y, width, height);
    this.fill();
    this.path = path;
  }
  strokeRect(x: number, y: number, width: number, height: number): void {
    const { path } = this;
    this.path = [];
    this.rect(x, y, width, height);
    this.stroke();
    this.path = path;
  }
  setLineDash(dash: readonly number[]): void {
    this.dash = dash;
  }
  getLineDash(): readonly number[] {
    return this.dash;
  }

  measureText(text: string): TextMetrics {
    if (this.measure === null)
      throw new Error('The image could not be made: no text can be measured.');
    this.measure.font = this.font;
    return this.measure.measureText(text);
  }
  fillText(text: string, x: number, y: number): void {
    const anchor = { center: 'middle', right: 'end', end: 'end' }[this.textAlign] ?? 'start';
    const matrix = this.matrix.map(round).join(' ');
    const sizePx = Number(/(\d+(?:\.\d+)?)px/.exec(this.font)?.[1] ?? 12);
    const shift = { middle: 0.35, top: 0.8, hanging: 0.8, bottom: -0.2 }[this.textBaseline] ?? 0;
    this.add(
      `<text x="${round(x)}" y="${round(y + shift * sizePx)}" transform="matrix(${matrix})" text-anchor="${anchor}" ${fontOf(this.font, sizePx)} ${paint('fill', this.fillStyle)}`,
      escapeXml(text),
    );
  }

  /** Only one whose bytes are in its address: the file stands alone, and asks for nothing. */
  drawImage(image: HTMLImageElement, x: number, y: number, width: number, height: number): void {
    if (!image.src.startsWith('data:image/')) throw new Error('The picture is not in the page.');
    const matrix = this.matrix.map(round).join(' ');
    const rendering = this.imageSmoothingEnabled ? '' : ' image-rendering="pixelated"';
    this.add(
      `<image x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" transform="matrix(${matrix})" preserveAspectRatio="none"${rendering} xlink:href="${escapeXml(image.src)}"`,
    );
  }

  private add(start: string, content?: string): void {
    const alpha = this.globalAlpha === 1 ? '' : ` opacity="${round(this.globalAlpha)}"`;
    const clip = this.clipId === '' ? '' : ` clip-path="url(#${this.clipId})"`;
    const end = content === undefined ? '/>' : `>${content}</text>`;
    this.elements.push(`${start}${alpha}${clip}${end}`);
  }
  private point(x: number, y: number): string {
    const [a, b, c, d, e, f] = this.matrix;
    return `${round(a * x + c * y + e)} ${round(b * x + d * y + f)}`;
  }
}

/** Hundredths of a pixel: no eye sees more, and files stay small. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** SVG 1.1 knows no colour with transparency: that goes into an attribute of its own. */
function paint(name: 'fill' | 'stroke', color: string): string {
  const match = /^rgba?\(([^)]*)\)$/.exec(color);
  const [red, green, blue, alpha] = match?.[1]?.split(/[\s,/]+/).filter(Boolean) ?? [];
  if (alpha !== undefined) {
    return `${name}="rgb(${red}, ${green}, ${blue})" ${name}-opacity="${escapeXml(alpha)}"`;
  }
  const hex = /^#([0-9a-f]{6})([0-9a-f]{2})$/i.exec(color);
  if (hex !== null) {
    return `${name}="#${hex[1]}" ${name}-opacity="${round(Number.parseInt(hex[2] ?? 'ff', 16) / 255)}"`;
  }
  return `${name}="${escapeXml(color)}"`;
}

function fontOf(font: string, sizePx: number): string {
  const weight = /^(?:\S+ )*?(bold|[1-9]00)\b/.exec(font)?.[1] ?? 'normal';
  const family =
    font
      .slice(font.indexOf('px') + 2)
      .replace(/^\/\S+/, '')
      .trim() || 'sans-serif';
  return `font-size="${sizePx}px" font-weight="${weight}" font-family="${escapeXml(family)}"`;
}

function escapeXml(text: string): string {
  return (
    text
      // What XML has no place for at all.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '�')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}
