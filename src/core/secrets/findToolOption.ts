import { type Finding, nothing, preview, secret } from './finding';
import { isSecretValue } from './secretValues';
import { swallowValue } from './swallow';

const endOfTool = String.raw`(?:\.exe)?\s(?:[^;&|\n]*\s)?$`;
const tool = (names: string) => new RegExp(String.raw`(?:^|[\s;&|(/])(?:${names})${endOfTool}`);

interface ToolOption {
  /** What stands before the option. */
  readonly before: RegExp;
  /** The option with all that stands before the secret. */
  readonly option: RegExp;
}

/** Options that only their tool tells from others. */
const toolOptions: readonly ToolOption[] = [
  { before: tool(String.raw`(?:mysql|mariadb)[\w-]*`), option: /^ -p(?=[^\s])/ },
  { before: tool('sshpass'), option: /^ -p\s?(?=\S)/ },
  {
    before: tool('curl|wget|https?|xh'),
    option: /^ (?:-[uU]\s*|--user[ =]|--proxy-user[ =])["']?[^\s:"']*:/,
  },
  { before: tool('redis-cli'), option: /^ -a\s+/ },
  { before: tool('mongo|mongosh|mongodump|mongorestore'), option: /^ -p\s+/ },
  { before: tool('zip|unzip'), option: /^ -P\s+/ },
  { before: tool('7z|7za'), option: /^ -p(?=\S)/ },
  {
    before:
      /(?:^|[\s;&|(/])(?:docker|podman|nerdctl|helm|oc|az|skopeo|buildah)\s(?:[^;&|\n]*\s)?login(?:\s[^;&|\n]*)?$/,
    option: /^ -p[ =]/,
  },
];

/** What stands behind an option such as the `-p` of some tools. */
export function findToolOption(after: string, at: number, before: string): Finding {
  const login = /^wandb login(?:\s+--[\w-]+(?:=\S+)?)*\s+(?=[\w-]*\d)(?=[\w-]{20})/i.exec(after);
  if (login !== null) return secret(at + login[0].length, swallowValue(''));
  // `-user` is found inside `--user`, which begins a blank and a dash before.
  const dashes = after.startsWith('-') ? (/\s-[a-z-]*$/.exec(before)?.[0] ?? '') : '';
  const option = dashes + after;
  const ahead = `${before.slice(0, before.length - dashes.length)} `;
  for (const each of toolOptions) {
    const head = each.option.exec(option.replace(/^\s/, ' '));
    if (head === null || !each.before.test(ahead)) continue;
    const from = head[0].length;
    const quote = /^["']/.exec(option.slice(from))?.[0] ?? '';
    const value = preview(option.slice(from + quote.length, from + quote.length + 80), quote);
    if (!isSecretValue({ name: 'password', strength: 'strong', value, quote })) return nothing;
    const opened = quote || (/["']/.exec(head[0])?.[0] ?? '');
    return secret(at - dashes.length + from + quote.length, swallowValue(opened));
  }
  return nothing;
}
