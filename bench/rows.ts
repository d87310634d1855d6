import type { Machine } from "./machine.js";

import { median } from "./samples.js";

/** One line of the results. */
export interface Row {
  readonly id: string;
  readonly what: string;
  readonly unit: string;
  /** The median of our samples. */
  readonly ours: number;
  /** The median of the peer's samples; `null` where there is nothing to compare with. */
  readonly peer: number | null;
  readonly peerName: string | null;
  /** How many times better ours is: above 1 faster or fewer, below 1 slower or more. `null` without a peer. */
  readonly ratio: number | null;
  readonly samples: { readonly ours: readonly number[]; readonly peer: readonly number[] };
}

/** Rows that belong together, with what a reader has to know. */
export interface Section {
  readonly title: string;
  readonly about: string;
  readonly rows: readonly Row[];
}

/** The measurements behind a row. */
export interface Measured {
  readonly id: string;
  readonly what: string;
  readonly unit: string;
  /** Whether more is better: true for calls per second, false for seconds. */
  readonly more: boolean;
  readonly ours: readonly number[];
  readonly peer?: { readonly name: string; readonly samples: readonly number[] };
}

export function row({ id, what, unit, more, ours, peer }: Measured): Row {
  const mine = median(ours);
  const theirs = peer === undefined || peer.samples.length === 0 ? null : median(peer.samples);
  return {
    id,
    what,
    unit,
    ours: rounded(mine),
    peer: theirs === null ? null : rounded(theirs),
    peerName: peer?.name ?? null,
    ratio: theirs === null ? null : rounded(more ? mine / theirs : theirs / mine),
    samples: { ours: ours.map(rounded), peer: (peer?.samples ?? []).map(rounded) },
  };
}

/** The results in human-readable form. */
export function renderResults(machine: Machine, sections: readonly Section[]): string {
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  return `# Results

Written by \`npm run bench\`; what is measured is in [workloads.md](workloads.md), the samples are in
[results.json](results.json). Each figure is a median. All of them are of one run on one machine: compare the ratios, not the
figures. A ratio says how many times better ours is; below 1 the peer is better.

${machine.cpu}, ${machine.cores} cores, ${machine.memory} GB, ${machine.platform}, Node ${machine.node}; ${versions.join(", ")}.

${sections.map(renderSection).join("\n\n")}
`;
}

function renderSection({ title, about, rows }: Section): string {
  const withPeer = rows.some(({ peer }) => peer !== null);
  const heads = ["what", "unit", "ours", ...(withPeer ? ["peer", "its figure", "ratio"] : [])];
  const lines = rows.map(({ what, unit, ours, peer, peerName, ratio }) => [
    what,
    unit,
    shown(ours),
    ...(withPeer ? [peerName ?? "", shown(peer), ratio === null ? "" : `${shown(ratio)} x`] : []),
  ]);
  const table = [heads, heads.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  return `## ${title}\n\n${about}\n\n${table}`;
}

function shown(value: number | null): string {
  if (value === null) return "";
  return value.toLocaleString("en-US", { maximumSignificantDigits: value >= 1_000 ? 4 : 3 });
}

/** Four digits: more would only be noise. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
