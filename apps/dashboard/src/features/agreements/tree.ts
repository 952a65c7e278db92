import type { PixReturnNode } from "@pacto/contract";

export interface Placed {
  readonly node: PixReturnNode;
  readonly depth: number;
  readonly row: number;
  /** Null for where it begins, and for a line whose beginning is not known yet. */
  readonly parentRow: number | null;
}

/** Each account on a line of its own, below the one from which its money came. */
export function layTree(nodes: readonly PixReturnNode[]): Placed[] {
  const placed: Placed[] = [];
  const known = new Set(nodes.map(({ id }) => id));
  function place(node: PixReturnNode, depth: number, parentRow: number | null): void {
    const row = placed.length;
    placed.push({ node, depth, row, parentRow });
    for (const next of nodes) if (next.parent === node.id) place(next, depth + 1, row);
  }
  for (const node of nodes) {
    if (node.parent === null || !known.has(node.parent)) place(node, 0, null);
  }
  return placed;
}
