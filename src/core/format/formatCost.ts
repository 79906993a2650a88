/** A sum of money: `$ 1.23`, `EUR 0.0042`, `$ 1,204`. Small ones keep two digits that count. */
export function formatCost(cost: number, currency: string): string {
  // Nothing that cost something is told as free.
  if (cost > 0 && cost < 0.0001) return `< ${formatCost(0.0001, currency)}`;
  const digits = cost >= 1_000 ? 0 : cost >= 0.01 || cost === 0 ? 2 : 4;
  const amount = cost.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${currency} ${amount}`.trim();
}
