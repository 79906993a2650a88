"""Trains a small neural network on scikit-learn's handwritten digits, epoch by epoch."""

import argparse
from pathlib import Path

import joblib
import numpy as np
from sklearn.metrics import accuracy_score, confusion_matrix, log_loss
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits


def parse_args():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default="data/digits.csv.gz", help="64 pixels and the digit a row")
    parser.add_argument("--lr", type=float, default=0.001, help="learning rate of Adam")
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--hidden", type=int, default=256, help="units of the hidden layer")
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--augment", type=int, default=16, help="shifted copies of each image")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--output-dir", help="draw what it gets wrong here, each epoch")
    parser.add_argument("--save", metavar="FILE", help="write the model here with joblib")
    return parser.parse_args()


def load_splits(path, seed):
    """Pixels scaled to 0..1, split into training, validation and test sets (70, 15, 15 %)."""
    table = np.loadtxt(path, delimiter=",")
    x, y = table[:, :64] / 16.0, table[:, 64].astype(int)
    x_train, x_rest, y_train, y_rest = train_test_split(
        x, y, test_size=0.3, stratify=y, random_state=seed
    )
    x_val, x_test, y_val, y_test = train_test_split(
        x_rest, y_rest, test_size=0.5, stratify=y_rest, random_state=seed
    )
    return (x_train, y_train), (x_val, y_val), (x_test, y_test)


def shifted_copies(x, y, copies, rng):
    """The images themselves and `copies` of each, moved by up to one pixel."""
    images = x.reshape(-1, 8, 8)
    parts = [images]
    for _ in range(copies):
        padded = np.pad(images, ((0, 0), (1, 1), (1, 1)))
        down, right = rng.integers(0, 3, size=2)
        parts.append(padded[:, down : down + 8, right : right + 8])
    return np.concatenate(parts).reshape(-1, 64), np.tile(y, copies + 1)


def evaluate(model, x, y):
    probabilities = model.predict_proba(x)
    loss = log_loss(y, probabilities, labels=model.classes_)
    return loss, accuracy_score(y, model.classes_[probabilities.argmax(axis=1)])


def draw_mistakes(model, x, y, path, columns=8, rows=4):
    """Writes the images that the model takes for another digit, enlarged, as one picture."""
    from matplotlib.image import imsave

    wrong = x[model.predict(x) != y][: columns * rows].reshape(-1, 8, 8)
    sheet = np.zeros((rows * columns, 10, 10))
    sheet[: len(wrong), 1:9, 1:9] = wrong
    sheet = sheet.reshape(rows, columns, 10, 10).transpose(0, 2, 1, 3)
    path.parent.mkdir(parents=True, exist_ok=True)
    imsave(path, np.kron(sheet.reshape(rows * 10, -1), np.ones((4, 4))), cmap="gray_r")


def main():
    args = parse_args()
    # The matrices are small: threads would wait for each other longer than they work.
    threadpool_limits(1)
    rng = np.random.default_rng(args.seed)
    train, validation, test = load_splits(args.data, args.seed)
    model = MLPClassifier(
        hidden_layer_sizes=(args.hidden,), learning_rate_init=args.lr, random_state=args.seed
    )
    classes = np.unique(train[1])
    for epoch in range(1, args.epochs + 1):
        x, y = shifted_copies(*train, args.augment, rng)
        order = rng.permutation(len(x))
        losses = []
        for start in range(0, len(order), args.batch_size):
            batch = order[start : start + args.batch_size]
            model.partial_fit(x[batch], y[batch], classes=classes)
            losses.append(model.loss_)
        val_loss, val_acc = evaluate(model, *validation)
        print(
            f"epoch {epoch}/{args.epochs} | loss {np.mean(losses):.4f} "
            f"| val_loss {val_loss:.4f} | val_acc {val_acc:.4f}",
            flush=True,
        )
        if args.output_dir:
            path = Path(args.output_dir) / f"mistakes_epoch_{epoch:02}.png"
            draw_mistakes(model, *validation, path)
    test_loss, test_acc = evaluate(model, *test)
    print(f"test_loss {test_loss:.4f} | test_acc {test_acc:.4f}", flush=True)
    print(f"Test confusion matrix:\n{confusion_matrix(test[1], model.predict(test[0]))}")
    if args.save:
        joblib.dump(model, args.save)
        print(f"saved {args.save}")


if __name__ == "__main__":
    main()
