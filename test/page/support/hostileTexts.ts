/** Texts that would do something if a page took them for anything but text. */
export const hostileTexts: readonly string[] = [
  '<img src=x onerror="alert(1)">',
  '<script>alert(2)</script>',
  '"><svg onload=alert(3)>',
  "'-alert(4)-'",
  'javascript:alert(5)',
  '[link](javascript:alert(6)) ![](x)',
  '<iframe srcdoc="<script>alert(7)</script>"></iframe>',
  '{{constructor.constructor("alert(8)")()}}',
  '__proto__',
  'constructor',
  '\u202Egnp.exe \u0000 \uD800',
];
