export type IconName = keyof typeof paths;

/** Drawn for this project on a grid of 16 × 16, in the colour of the text around it. */
const paths = {
  running: 'M8 1.5a6.5 6.5 0 1 0 6.5 6.5h-1.4A5.1 5.1 0 1 1 8 2.9z',
  finished: 'M6.3 12.6 2.2 8.5l1-1 3.1 3.1 6.5-6.9 1 1z',
  failed:
    'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1m2.6 3.4L8 7 5.4 4.4l-1 1L7 8l-2.6 2.6 1 1L8 9l2.6 2.6 1-1L9 8l2.6-2.6z',
  killed: 'M3 3h10v10H3z',
  interrupted: 'M8 1.2 15.2 14H.8zm-.7 4.6v4h1.4v-4zm0 5.2v1.4h1.4V11z',
  star: 'M8 1.3l2 4.4 4.8.5-3.6 3.2 1 4.7L8 11.7l-4.2 2.4 1-4.7L1.2 6.2 6 5.7zm0 2.6L6.8 6.7l-3 .3 2.2 2-.6 3L8 10.4l2.6 1.6-.6-3 2.2-2-3-.3z',
  starred: 'M8 1.3l2 4.4 4.8.5-3.6 3.2 1 4.7L8 11.7l-4.2 2.4 1-4.7L1.2 6.2 6 5.7z',
  more: 'M2 7h2v2H2zm5 0h2v2H7zm5 0h2v2h-2z',
  note: 'M3 2h10v8.5L9.5 14H3zm1.2 1.2v9.6h4.6V9.8h3V3.2zM5.5 5h5v1.1h-5zm0 2.4h5v1.1h-5z',
  table:
    'M1.5 2.5h13v11h-13zm1.2 1.2v2h4.7v-2zm5.9 0v2h4.7v-2zM2.7 6.9v2.2h4.7V6.9zm5.9 0v2.2h4.7V6.9zm-5.9 3.4v2h4.7v-2zm5.9 0v2h4.7v-2z',
  chart: 'M1.5 2h1.2v10.8H14V14H1.5zm3 8.5 3-4.2 2.3 2L13 3.6l1 .7-4 5.9-2.3-2-2.2 3z',
  up: 'M8 3.5l5 5-1 1-3.3-3.3V13H7.3V6.2L4 9.5l-1-1z',
  down: 'M8 12.5l-5-5 1-1 3.3 3.3V3h1.4v6.8L12 6.5l1 1z',
  close: 'M4 3l4 4 4-4 1 1-4 4 4 4-1 1-4-4-4 4-1-1 4-4-4-4z',
  log: 'M2 2.5h12v11H2zm1.2 1.2v8.6h9.6V3.7zM4.4 6l.8-.8L7.6 7.5 5.2 9.8 4.4 9l1.5-1.5zM8 9.2h3.5v1.1H8z',
  plus: 'M7.3 3h1.4v4.3H13v1.4H8.7V13H7.3V8.7H3V7.3h4.3z',
  minus: 'M3 7.3h10v1.4H3z',
  edit: 'M11.3 1.7l3 3L5.5 13.5 2 14l.5-3.5zM3.6 11.1l-.2 1.5 1.5-.2 6.4-6.4-1.3-1.3zm7.2-7.2 1.3 1.3.5-.5-1.3-1.3z',
  move: 'M5 2l3 3-.9.9-1.5-1.5v7.2H4.4V4.4L2.9 5.9 2 5zm6 12l-3-3 .9-.9 1.5 1.5V4.4h1.2v7.2l1.5-1.5.9.9z',
  left: 'M7.5 3l-5 5 5 5 .9-.9-3.5-3.5H14V7.4H4.9l3.5-3.5z',
  right: 'M8.5 3l5 5-5 5-.9-.9 3.5-3.5H2V7.4h9.1L7.6 3.9z',
  search:
    'M7 2a5 5 0 1 0 3 9l3.2 3.2.9-.9L10.9 10A5 5 0 0 0 7 2m0 1.2a3.8 3.8 0 1 1 0 7.6 3.8 3.8 0 0 1 0-7.6z',
  split:
    'M7.4 2h1.2v4.2l4.6 5.4V9.5h1.2V14H9.9v-1.2h2.4L8 7.8l-4.3 5h2.4V14H1.6V9.5h1.2v2.1l4.6-5.4z',
  back: 'M10.5 3l1 1-4 4 4 4-1 1-5-5z',
  forward: 'M5.5 3l5 5-5 5-1-1 4-4-4-4z',
  pin: 'M5 2h6v1.2h-.9v3.6L12 8.7v1.1H8.6V14H7.4V9.8H4V8.7l1.9-1.9V3.2H5zm2.1 1.2v4.1L5.9 8.6h4.2L8.9 7.3V3.2z',
  pinned: 'M5 2h6v1.2h-.9v3.6L12 8.7v1.1H8.6V14H7.4V9.8H4V8.7l1.9-1.9V3.2H5z',
  copy: 'M5 2h8.5v9.5H11V14H2.5V4.5H5zm1.2 1.2v1.3H11v5.8h1.3V3.2zM3.7 5.7v7.1h6.1V5.7z',
  same: 'M3 5.3h10v1.4H3zm0 4h10v1.4H3z',
  opened: 'M3 5.5l5 5 5-5-1-1-4 4-4-4z',
} as const;

/** Says nothing to a screen reader: what it means is always written beside it. */
export function Icon({
  name,
  class: more = '',
}: {
  readonly name: IconName;
  readonly class?: string;
}) {
  return (
    <svg class={`icon ${more}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path fill="currentColor" fill-rule="evenodd" d={paths[name]} />
    </svg>
  );
}
