import { expect, test } from 'vitest';
import { pathLiterals } from '../../../src/core/files/pathLiterals';
import { reachingSource } from '../../../src/core/python/assignments';

const usesOf = (source: string) =>
  Object.fromEntries(pathLiterals(source).map(({ path, use }) => [path, use]));

test('what is read and what is written is told by the call that takes it', () => {
  expect(
    usesOf(`
import pandas as pd, numpy as np, torch
df = pd.read_csv("data/train.csv")
x = np.load('features.npy')
with open("notes.txt") as f: pass
with open("out.txt", "w") as f: pass
open(file="more.txt", mode="ab")
set_ = ImageFolder('data/train')
ds = load_dataset("csv", data_files={"train": ["a.csv", "b.csv"]}, split="train")
torch.save(model.state_dict(), "model.pt")
df.to_csv("preds.csv")
plt.savefig('loss.png')
writer = SummaryWriter("runs/exp")
model.load_state_dict(torch.load("weights.pth"))
print("see docs/readme.md")
parser.add_argument("--data", default="data/x.csv")
logging.info("wrote a/b.csv")
`),
  ).toEqual({
    'data/train.csv': 'read',
    'features.npy': 'read',
    'notes.txt': 'read',
    'out.txt': 'write',
    'more.txt': 'write',
    'data/train': 'read',
    csv: 'read',
    'a.csv': 'read',
    'b.csv': 'read',
    'model.pt': 'write',
    'preds.csv': 'write',
    'loss.png': 'write',
    'runs/exp': 'write',
    'weights.pth': 'read',
  });
});

test('paths are followed through names and joined, and one that is ever written is written', () => {
  expect(
    usesOf(`
ROOT = "data"
TRAIN = os.path.join(ROOT, "train.csv")
OUT = Path("results") / "best.pt"
SPLIT = "train"
x = pd.read_csv(TRAIN)
y = pd.read_csv(Path(ROOT).joinpath("test.csv"))
torch.save(m, OUT)
m = torch.load(OUT)
(Path("results") / "log.txt").write_text("x")
name = "a/b"
name = "c/d"
pd.read_csv(name)
pd.read_csv(f"{ROOT}/x.csv")
`),
  ).toEqual({
    'data/train.csv': 'read',
    'data/test.csv': 'read',
    'results/best.pt': 'write',
    'results/log.txt': 'write',
    'a/b': 'unknown',
    'c/d': 'unknown',
  });
  // Nothing else is known of the folder, so all of it is meant.
  expect(usesOf('DATA_DIR = "data"\nrun(DATA_DIR)')).toEqual({ data: 'read' });
});

test('no source takes long or throws', () => {
  for (const source of [
    'open(',
    `x = ${'('.repeat(50_000)}`,
    `${'a/'.repeat(100_000)}`,
    '\0"a/b',
  ]) {
    expect(() => pathLiterals(source)).not.toThrow();
  }
  const many = Array.from({ length: 5_000 }, (_, at) => `read_csv("d/${at}.csv")`).join('\n');
  expect(pathLiterals(many)).toHaveLength(300);
});

test('of a notebook what reaches the cell counts', () => {
  const cells = [
    'import pandas as pd\nraw = pd.read_csv("raw.csv")\nother = pd.read_csv("other.csv")',
    'def clean(d):\n    return d.join(pd.read_csv("extra.csv"))',
    'table = clean(raw)',
    'model.fit(table)\nmodel.save("m.keras")',
  ];
  expect(usesOf(reachingSource(cells, 3))).toEqual({
    'raw.csv': 'read',
    'extra.csv': 'read',
    'm.keras': 'write',
  });
});
