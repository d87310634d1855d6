import type { CampaignResult, Finding, Genome } from "../../src/types.js";

const base = {
  scenario: "flash crash",
  target: "Vault",
  source: { kind: "given" },
  seed: 1,
  forkBlock: 20,
  isFork: false,
  blocks: 30,
  cost: {
    runs: 5,
    totalRuns: 9,
    blocks: 270,
    calls: 400,
    searchCalls: 300,
    trials: 0,
    actions: 250,
    seconds: 1.5,
    searchSeconds: 1,
  },
  discarded: 0,
  explored: { executor: "batched", because: undefined },
  replayed: { violating: [], surviving: [], skipped: [] },
  funding: [],
  activity: {
    calls: [
      { agent: "attacker", function: "target.deposit", tried: 300, included: 290, succeeded: 250, reverts: [] },
      {
        agent: "attacker",
        function: "target.borrow",
        tried: 10,
        included: 10,
        succeeded: 0,
        reverts: [{ reason: '"not listed"', count: 10 }],
      },
      { agent: "attacker", function: "target.sweep", tried: 0, included: 0, succeeded: 0, reverts: [] },
    ],
    skipped: [{ function: "approve", because: "says nothing about a protocol" }],
    conditions: [{ condition: "solvent", judged: 150, failed: 0, nothing: 0, stuck: 0 }],
    feeds: [],
    events: { market: 5 },
    reached: [{ what: "price of ETH", least: 1_750, greatest: 2_000, unit: "USD" }],
  },
} as const;

const genome: Genome = { seed: 1, blocks: 30, muted: [], market: [], oracles: [], moves: [] };

const trace = { steps: [{ kind: "market", block: 2, asset: "ETH", change: -125_000 }], blocks: 2 } as const;

const violation = {
  condition: "solvent",
  target: "Vault",
  block: 2,
  cause: "solvent",
  evidence: { summary: "assets 8 WETH < liabilities 10 WETH", quantities: [] },
} as const;

/** A finding of one step: ETH falls, and the vault cannot pay. */
export const finding: Finding = {
  violation,
  found: violation,
  genome,
  original: trace,
  trace,
  certificate: { kind: "1-minimal", deletions: [{ step: 0, without: "survived" }] },
  thresholds: [{ step: 0, kind: "market", fails: -125_000, survives: -124_000, resolution: 1_000, unit: "ppm" }],
  steps: [
    {
      step: 0,
      block: 2,
      actor: "market",
      action: "ETH falls 12.5 %",
      consequence: "(12.4 % survives)",
      data: {
        kind: "market",
        asset: "ETH",
        change: { value: -12.5, unit: "percent" },
        survives: { value: -12.4, unit: "percent" },
      },
    },
  ],
  coupling: undefined,
  also: [],
  interferences: [],
  losses: [],
  reproduction: "siege/reproductions/vault-0000.json",
  unsaved: [],
  run: 3,
};

/** One result of each kind, for what only looks at results. */
export const results: {
  readonly [KindT in CampaignResult["kind"]]: Extract<CampaignResult, { kind: KindT }>;
} = {
  survived: { ...base, kind: "survived" },
  violation: { ...base, kind: "violation", finding, findings: [finding] },
  inconclusive: {
    ...base,
    kind: "inconclusive",
    doubts: [
      {
        code: "NOT_EXERCISED",
        message: "No call that changes the state of Vault succeeded.",
        hint: "Let the agents use it.",
      },
    ],
  },
  incomplete: { ...base, kind: "incomplete", reason: "time limit", error: undefined, finding: undefined },
};
