/**
 * How much a name tells of its value: `strong` that it is a credential whatever it looks like,
 * `likely` that it is one unless it looks like a word or a number, `weak` that it is one if it looks
 * random.
 */
export type NameStrength = 'strong' | 'likely' | 'weak';

/**
 * Reads a name in any writing: `WANDB_API_KEY`, `api-key`, `apiKey`, `cfg.auth.token`, `X-API-Key`.
 * The last word says what it is: `token_dim` is a size and `sort_key` no credential.
 *
 * @param isOption whether it is written as `--name`, which nobody does with a token of a text.
 * @returns undefined if the name tells nothing.
 */
export function secretNameStrength(name: string, isOption = false): NameStrength | undefined {
  const known = isOption ? knownOptions : knownNames;
  if (known.has(name)) return known.get(name);
  if (known.size >= maxKnown) known.clear();
  const strength = readStrength(name, isOption);
  known.set(name, strength);
  return strength;
}

// A log says the same few names over and over.
const maxKnown = 1_000;
const knownNames = new Map<string, NameStrength | undefined>();
const knownOptions = new Map<string, NameStrength | undefined>();

function readStrength(name: string, isOption: boolean): NameStrength | undefined {
  const words = nameWords(name);
  const last = words.at(-1);
  if (last === undefined) return undefined;
  const before = words.at(-2);
  const isTold = isOption || /^_*[A-Z][A-Z0-9_]*$/.test(name);
  if (gluedSecret.test(last)) return 'strong';
  switch (last) {
    case 'secret':
      return 'strong';
    case 'pwd':
      // The shells keep the working directory under this name.
      return before === undefined || before === 'old' ? undefined : 'strong';
    case 'pass':
      return isOption || passOwners.has(before ?? '') ? 'strong' : undefined;
    case 'token':
      return tokenStrength(before, isTold);
    case 'key':
      return keyStrength(before, isTold);
    case 'id':
      return before === 'key' && words.at(-3) === 'access' ? 'strong' : undefined;
    case 'auth':
      return isTold ? 'likely' : undefined;
    case 'credential':
    case 'signature':
      return before === 'amz' || before === 'goog' ? 'strong' : undefined;
    case 'credentials':
    case 'secrets':
    case 'jwt':
      return 'weak';
    default:
      return undefined;
  }
}

/** Behind the word that counts, and of no meaning. */
const trailing = /^(?:\d+|value|b64|base64|str|string|text|plain|raw|confirm|confirmation)$/;

function nameWords(name: string): string[] {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
  while (words.length > 1 && trailing.test(words.at(-1) ?? '')) words.pop();
  return words;
}

/** Words that are written as one. */
const gluedSecret =
  /(?:password|passwd|passphrase|passcode|(?:api|access|secret|private|auth|account)key|(?:api|auth|access|bot|session|refresh|hf|hub)token|(?:client|app|api)secret|(?:ssh|store|key|db|my)pass)\d*$/;

function tokenStrength(before: string | undefined, isTold: boolean): NameStrength | undefined {
  if (before === undefined) return isTold ? 'strong' : 'likely';
  if (tokenOwners.has(before)) return 'strong';
  if (textTokens.has(before)) return undefined;
  return isTold ? 'strong' : 'likely';
}

function keyStrength(before: string | undefined, isTold: boolean): NameStrength | undefined {
  if (before === undefined) return isTold ? 'weak' : undefined;
  if (keyOwners.has(before)) return 'strong';
  return isTold && !plainKeys.has(before) ? 'weak' : undefined;
}

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

const passOwners = setOf(
  'db database user mysql pg postgres redis smtp mail email ssh root admin login http proxy rabbitmq ftp',
);

/** What a token of these is gives access. */
const tokenOwners = setOf(
  `access account admin api app auth azure aws bearer bot client codecov comet csrf dagshub
   databricks deploy device discord gh github gitlab hf hub huggingface jenkins jupyter jwt login
   master mlflow neptune npm oauth openai personal private push pypi refresh replicate root secret
   security service session slack sonar telegram tracking user vault wandb webhook`,
);

/** What a token of these is lies in a text. */
const textTokens = setOf(
  `action additional audio avg begin blank bos bytes class cls completion cost decoder dist each
   empty end eod eoi eom eos eot every extra fim first flops forced image img input key lang language
   last latent loss mask max mean memory middle min ms n new next noise num output pad padding per
   placeholder prefix prev prompt query register replace s sentinel sep separator single source
   special speech src start state stop sub suffix target text tgt think thinking this time timestamp
   total trigger unk unknown us value video vision word`,
);

const keyOwners = setOf(
  `access account admin anthropic api app application auth aws azure cohere comet crypto datadog
   decryption deploy encrypt encryption fernet gcp google groq hf huggingface jwt kaggle langchain
   langsmith license mailgun master mistral mlflow neptune openai pinecone private replicate sas
   secret sendgrid service shared sign signing storage stripe subscription together twilio wandb
   webhook`,
);

const plainKeys = setOf(
  `batch best cache column config data dict feature foreign group hash host hot image index join
   label log lookup max metric min monitor n num optimizer partition per primary pub public query
   registry row short shortcut sort state text translation val`,
);
