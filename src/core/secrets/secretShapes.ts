/**
 * Credentials that are known by how they look. Each begins with a literal that its issuer documents;
 * what is told here are facts of those formats. The literal stays, so that a user sees which it was.
 */
export interface SecretShape {
  /** What it begins with, as it is written. */
  readonly prefix: string;
  /** What must follow for it to be one, at its beginning; bounded. */
  readonly body: RegExp;
  /** The characters that it goes on with. */
  readonly goesOn: RegExp;
}

const word = /[\w-]*/y;
const dotted = /[\w.-]*/y;
const base64 = /[\w.~+/=-]*/y;

const shape = (prefix: string, body: RegExp, goesOn = word): SecretShape => ({
  prefix,
  body,
  goesOn,
});
const each = (prefixes: string, body: RegExp): SecretShape[] =>
  prefixes.split(' ').map((prefix) => shape(prefix, body));

// One run of letters and digits: `hf_hub_download` and `sk-learn-contrib` are none.
const run20 = /[A-Za-z\d]{20}/y;
const run30 = /[A-Za-z\d]{30}/y;
const hex20 = /[a-f\d]{20}/y;
const word16 = /[\w-]{16}/y;
const word20 = /[\w-]{20}/y;

export const secretShapes: readonly SecretShape[] = [
  // Hubs of models and data, experiment trackers.
  ...each('hf_ api_org_ r8_ gsk_ xai- pplx- rpa_', run20),
  ...each('nvapi- wandb_v1_ tgp_v1_ lsv2_pt_ lsv2_sk_', word20),
  // OpenAI, Anthropic, OpenRouter.
  shape('sk-', /(?:(?:proj|svcacct|admin|ant|or|None)-[\w-]{16}|[A-Za-z\d]{20})/y),
  // Amazon's access keys.
  ...each('AKIA ASIA ABIA ACCA', /[A-Z\d]{16}/y),
  // GitHub and GitLab.
  ...each('ghp_ gho_ ghu_ ghs_ ghr_', run20),
  shape('github_pat_', /\w{20}/y),
  ...each('glpat- gldt- glrt- glcbt- glptt- glsoat-', word16),
  // Slack, Google, Atlassian, Stripe, Shopify.
  ...each('xoxa- xoxb- xoxe- xoxo- xoxp- xoxr- xoxs- xapp-', /[A-Za-z\d-]{10}/y),
  shape('AIza', /[\w-]{30}/y),
  shape('ya29.', word20),
  shape('GOCSPX-', word20),
  shape('ATATT3', word20),
  ...each('sk_live_ rk_live_ sk_test_ rk_test_ whsec_', /[A-Za-z\d]{10}/y),
  ...each('shpat_ shpss_ shpca_ shppa_', hex20),
  // Registries of packages and images.
  shape('npm_', run30),
  shape('pypi-', /Ag[\w-]{16}/y),
  shape('dckr_pat_', word16),
  // Clouds and other services.
  ...each('dop_v1_ doo_v1_ dor_v1_ dapi', hex20),
  ...each('hvs. glsa_ sntrys_ sntryu_', word20),
  shape('lin_api_', run30),
  shape('SG.', /[\w-]{16,64}\.[\w-]{16}/y, dotted),
  // JSON Web Tokens, RFC 7519 and RFC 7515: base64url of `{"`, a dot, and more.
  shape('eyJ', /[\w-]{10,2000}\.[\w-]{10}/y, dotted),
  // Addresses that are passwords.
  shape('hooks.slack.com/services/', /[\w/]{10}/y, /[\w/-]*/y),
  shape('/api/webhooks/', /\d{10,24}\/[\w-]{20}/y, /[\w/-]*/y),
  shape('api.telegram.org/bot', /\d{6,12}:[\w-]{20}/y, /[\w:-]*/y),
  // RFC 6750.
  shape('bearer ', /(?=[\w.~+/=-]{0,15}\d)[\w.~+/=-]{16}/y, base64),
];

/** No body of a shape is decided by more than this. */
export const longestShape = 2_100;
