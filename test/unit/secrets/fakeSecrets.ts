/**
 * Credentials as their issuers write them, put together here so that no scanner of repositories takes
 * them for real ones. None of them was ever given out.
 */
const letters = 'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vWxYz0c';
/** `count` letters and digits that look random. */
export const random = (count: number): string => letters.repeat(8).slice(0, count);
const upper = (count: number): string => 'Q7XK2MPA5RTB3ZNC'.repeat(4).slice(0, count);
const hex = (count: number): string => '9f86d081884c7d65'.repeat(8).slice(0, count);

/** What each begins with, and the rest, of which nothing may be left. */
export const shapedSecrets: readonly (readonly [prefix: string, rest: string])[] = [
  ['hf_', random(34)],
  ['api_org_', random(34)],
  ['r8_', random(37)],
  ['gsk_', random(52)],
  ['xai-', random(60)],
  ['nvapi-', random(64)],
  ['wandb_v1_', random(60)],
  ['sk-', random(48)],
  ['sk-', `proj-${random(40)}-${random(20)}_${random(30)}`],
  ['sk-', `ant-api03-${random(60)}-${random(20)}AA`],
  ['sk-', `or-v1-${hex(64)}`],
  ['AKIA', upper(16)],
  ['ASIA', upper(16)],
  ['ghp_', random(36)],
  ['gho_', random(36)],
  ['ghs_', random(36)],
  ['github_pat_', `${random(22)}_${random(59)}`],
  ['glpat-', `${random(12)}_-${random(6)}`],
  ['xoxb-', `${'123456789012-'.repeat(2)}${random(24)}`],
  ['xoxp-', `${'123456789012-'.repeat(3)}${hex(32)}`],
  ['AIza', `Sy${random(20)}-_${random(11)}`],
  ['ya29.', `a0${random(60)}`],
  ['GOCSPX-', random(28)],
  ['npm_', random(36)],
  ['pypi-', `AgEIcHlwaS5vcmc${random(80)}`],
  ['dckr_pat_', random(27)],
  ['dop_v1_', hex(64)],
  ['dapi', hex(32)],
  ['sk_live_', random(24)],
  ['rk_live_', random(24)],
  ['whsec_', random(32)],
  ['shpat_', hex(32)],
  ['hvs.', random(90)],
  ['SG.', `${random(22)}.${random(43)}`],
  ['eyJ', `hbGciOiJIUzI1NiJ9.eyJ${random(30)}.${random(43)}`],
];

/** Joined here, as a text would have them. */
export const hfToken = shapedSecrets[0]?.join('') ?? '';
export const jwt = shapedSecrets.at(-1)?.join('') ?? '';
export const awsSecretKey = `wJalr${'/'}${random(30)}+x9`;
export const hexKey = hex(40);
export const pemBody = `${random(64)}\n${random(64)}\n${random(40)}=`;
export const pemKey = [
  `-----BEGIN ${'RSA'} PRIVATE KEY-----`,
  pemBody,
  `-----END ${'RSA'} PRIVATE KEY-----`,
].join('\n');
