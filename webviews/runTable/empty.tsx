export function Empty() {
  return (
    <main class="empty">
      <h1>No runs yet</h1>
      <p>
        Train as you always do, for example with <code>python train.py</code> in the terminal, or
        run a training cell of a notebook. Epochlog records it by itself and shows it here.
      </p>
    </main>
  );
}
