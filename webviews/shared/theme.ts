/** The colours of VS Code's theme that a canvas needs, as CSS colours. */
export interface Theme {
  readonly foreground: string;
  readonly background: string;
  readonly muted: string;
  readonly grid: string;
  /** Whether light lines stand on a dark ground. */
  readonly isDark: boolean;
  readonly font: string;
}

export function readTheme(): Theme {
  const styles = getComputedStyle(document.body);
  const read = (name: string, fallback: string) =>
    styles.getPropertyValue(`--vscode-${name}`).trim() || fallback;
  const foreground = read('foreground', styles.color);
  const { classList } = document.body;
  return {
    foreground,
    background: read('editorWidget-background', read('editor-background', 'transparent')),
    muted: read('descriptionForeground', foreground),
    // Faint, as VS Code's own rulers are; only high contrast themes have a contrast border.
    grid: styles.getPropertyValue('--vscode-contrastBorder').trim()
      ? read('charts-lines', foreground)
      : read('editorIndentGuide-background1', read('widget-border', foreground)),
    isDark:
      !classList.contains('vscode-light') && !classList.contains('vscode-high-contrast-light'),
    font: styles.fontFamily,
  };
}

/** Calls `listener` when the user changes the theme; the returned function stops that. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  // VS Code writes the variables on the root element and the kind of theme on the body.
  observer.observe(document.documentElement, { attributeFilter: ['style', 'class'] });
  observer.observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
  return () => observer.disconnect();
}
