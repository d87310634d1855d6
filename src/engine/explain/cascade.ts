/** Something that happened in a run, or came of it. */
export interface CascadeNode {
  /** Unique within the cascade. */
  readonly id: string;
  /** `ETH falls 12.5 %`, `alice at 0.93 in lending`, `pool: ETH -8.1 %` */
  readonly label: string;
  readonly block: number;
  /** The index of the step, if it is one. */
  readonly step?: number;
  /**
   * `market`, `oracle`, `call` and other kinds of step; `round`: a feed publishes; `time`: it passes; `transaction`: a recorded one;
   * `health`: a position can be liquidated; `impact`: a price on the chain moves; `loss`: a protocol is short of funds; `violation`:
   * the end.
   */
  readonly kind: string;
}

/** That one thing led to another, and how that is known. */
export interface CascadeEdge {
  readonly from: string;
  readonly to: string;
  /** `reads 2 slots of CoupledVault that it wrote`, `health factor 1.05 -> 0.93` */
  readonly because: string;
}

/**
 * Who caused what in a confirmed minimal run. Every edge rests on evidence: storage that one transaction wrote and another read,
 * numbers that changed with an event, or a run without the step, which survived. Plain data.
 */
export interface Cascade {
  /** In the order in which they happened; the violation last. */
  readonly nodes: readonly CascadeNode[];
  readonly edges: readonly CascadeEdge[];
}

/** Whether it shows more than its steps do: a position that could be liquidated, or a price that gave way twice. */
export function isChain({ nodes }: Cascade): boolean {
  return nodes.some(({ kind }) => kind === "health") || nodes.filter(({ kind }) => kind === "impact").length > 1;
}

/** The longest way to the violation. */
export function mainPath({ nodes, edges }: Cascade): readonly CascadeNode[] {
  // nodes are in the order of their causes
  const best = new Map<string, readonly CascadeNode[]>();
  for (const node of nodes) {
    const before = edges
      .filter(({ to }) => to === node.id)
      .map(({ from }) => best.get(from) ?? [])
      .reduce((longest, path) => (path.length > longest.length ? path : longest), []);
    best.set(node.id, [...before, node]);
  }
  const last = nodes.at(-1);
  return last === undefined ? [] : (best.get(last.id) ?? []);
}

/** Without what does not lead to the violation, and without edges that say what a longer way says already. */
export function pruned({ nodes, edges }: Cascade, isImplied: (edge: CascadeEdge) => boolean): Cascade {
  const isLonger = (edge: CascadeEdge): boolean =>
    isReached(
      edges.filter((other) => other !== edge),
      edge.from,
      edge.to,
    );
  const kept = edges.filter((edge) => !isImplied(edge) || !isLonger(edge));
  const last = nodes.at(-1);
  if (last === undefined) return { nodes, edges: kept };
  const needed = new Set([last.id]);
  let size = 0;
  while (size !== needed.size) {
    size = needed.size;
    for (const { from, to } of kept) if (needed.has(to)) needed.add(from);
  }
  return {
    nodes: nodes.filter(({ id }) => needed.has(id)),
    edges: kept.filter(({ from, to }) => needed.has(from) && needed.has(to)),
  };
}

/** Whether edges lead from one node to another. */
export function isReached(edges: readonly CascadeEdge[], from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to) return true;
    for (const edge of edges) {
      if (edge.from !== at || seen.has(edge.to)) continue;
      seen.add(edge.to);
      open.push(edge.to);
    }
  }
  return false;
}
