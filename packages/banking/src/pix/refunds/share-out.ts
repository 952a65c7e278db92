/** What somebody may get back at most, in centavos. */
export interface Share<Who> {
  readonly who: Who;
  readonly left: bigint;
}

/**
 * Shares an amount out in proportion to what each may still get, to the centavo: the largest
 * remainders get the centavos that are left over, the first of equals first. Nobody gets more than
 * is left for them, and sharing out all that is left gives each exactly that.
 * Throws a RangeError unless the amount is from 0 to the sum of what is left.
 */
export function shareOut<Who>(
  amount: bigint,
  shares: readonly Share<Who>[],
): readonly { readonly who: Who; readonly amount: bigint }[] {
  const all = shares.reduce((sum, { left }) => sum + left, 0n);
  if (amount < 0n || amount > all) throw new RangeError(`${amount} of ${all}`);
  if (all === 0n) return shares.map(({ who }) => ({ who, amount: 0n }));
  const parts = shares.map(({ who, left }) => ({
    who,
    whole: (amount * left) / all,
    rest: (amount * left) % all,
  }));
  let over = amount - parts.reduce((sum, { whole }) => sum + whole, 0n);
  const lucky = new Set<number>();
  const byRest = parts
    .map(({ rest }, at) => ({ rest, at }))
    .toSorted((one, other) => (one.rest > other.rest ? -1 : one.rest < other.rest ? 1 : 0));
  for (const { at } of byRest) {
    if (over === 0n) break;
    lucky.add(at);
    over -= 1n;
  }
  return parts.map(({ who, whole }, at) => ({ who, amount: whole + (lucky.has(at) ? 1n : 0n) }));
}
