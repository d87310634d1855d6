import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { ProposerBrief } from "../../../../src/agents/index.js";
import type { CampaignOptions, CampaignResult } from "../../../../src/types.js";

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { defineProposer } from "../../../../src/agents/proposer.js";
import { boxScenario } from "../../../fixture-projects/shell/siege/box-scenario.js";
import limited from "../../../fixture-projects/shell/siege/limited.scenario.js";
import { failsWith } from "../../../helpers/errors.js";
import { SHELL_PROJECT, shellEnvironment } from "../../../helpers/shell-project.js";

/** Nobody guesses it. */
const MAGIC = 123_456_789_123n;

const ATTACK = [
  { block: 1, agent: "attacker", action: "target.set", args: ["7"] },
  { block: 2, agent: "attacker", action: "target.set", args: [String(MAGIC)] },
];

describe("proposers", () => {
  let hre: HardhatRuntimeEnvironment;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    hre = await shellEnvironment({ siege: { reproductions: folder } });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function campaign(
    box: "LeakyBox" | "CappedBox" | "limited",
    options: CampaignOptions,
  ): Promise<CampaignResult> {
    const connection = await hre.network.create();
    try {
      const factory = box === "limited" ? limited : boxScenario(box, (value) => value === MAGIC);
      const { target, scenario } = await factory(connection);
      return await connection.siege.run(target, scenario, { lanes: 1, explain: false, ...options });
    } finally {
      await connection.close();
    }
  }

  function returning(
    propose: (brief: ProposerBrief) => unknown,
    timeLimit = 60,
  ): NonNullable<CampaignOptions["proposers"]> {
    return [defineProposer({ name: "stranger", propose, timeLimit })];
  }

  it("are told what there is, and what became of what they proposed", async () => {
    const briefs: ProposerBrief[] = [];
    const proposers = returning((brief) => {
      briefs.push(structuredClone(brief));
      // what it does to its copy is its own affair
      (brief as { blocks: number }).blocks = 1;
      return [
        {
          steps: [
            { block: 1, agent: "attacker", action: "target.set", args: ["5000"] },
            { block: 2, agent: "attacker", action: "target.set", args: ["400"] },
            { block: 3, agent: "attacker", action: "target.set", args: ["90 %"] },
          ],
        },
      ];
    });
    await campaign("limited", { runs: 10, proposers });
    const [first, second] = briefs;
    expect(first).to.deep.include({ target: "CappedBox", blocks: 3, blockTime: 12, round: 0, played: [], refused: [] });
    expect(first?.runs.map(({ run }) => run)).to.deep.equal([2, 4, 6, 8]);
    expect(first?.agents[0]).to.deep.include({ name: "attacker", capital: {}, actions: ["target.set"] });
    expect(first?.accounts).to.include.keys("attacker");
    expect(first?.conditions).to.deep.equal(["within"]);
    const [set] = first?.actions ?? [];
    const inputs = [{ name: "newValue", type: "uint256" }];
    expect(set).to.deep.equal({
      name: "target.set",
      inputs,
      payable: false,
      succeeded: 0,
      pays: [],
      gets: [],
      callsBack: false,
    });
    expect(second?.blocks).to.equal(3);
    expect(second?.round).to.equal(1);
    expect(second?.runs.map(({ run }) => run)).to.deep.equal([10]);
    expect(second?.actions[0]?.succeeded).to.be.greaterThan(0);
    const [played] = second?.played ?? [];
    expect(played).to.deep.include({ run: 2, outcome: "survived" });
    // 90 % of the largest that is accepted
    expect(played?.margins.within).to.be.closeTo(0.1, 1e-6);
    expect(played?.steps.map(({ outcome }) => outcome)).to.deep.equal(["reverted", "succeeded", "succeeded"]);
    expect(played?.steps[0]?.reason).to.include("above the cap");
  });

  it("find what the engine confirms, minimises, certifies and replays without them", async () => {
    let asked = 0;
    const proposers = returning(() => {
      asked += 1;
      return JSON.stringify({ sequences: [{ steps: ATTACK }] });
    });
    const result = await campaign("LeakyBox", { runs: 4, proposers });
    if (result.kind !== "violation") throw new Error(`It ${result.kind}.`);
    const { finding, proposals } = result;
    expect(finding.run).to.equal(2);
    expect(finding.steps.map(({ action }) => action)).to.deep.equal([`LeakyBox.set(${MAGIC.toLocaleString("en-US")})`]);
    expect(finding.certificate?.deletions.map(({ without }) => without)).to.deep.equal(["survived"]);
    expect(proposals).to.deep.equal({ played: 1, refused: [] });
    const connection = await hre.network.create();
    const replayed = await connection.siege.replay(path.resolve(SHELL_PROJECT, finding.reproduction ?? ""));
    await connection.close();
    expect(replayed.kind).to.equal("violation");
    expect(asked).to.equal(1);
    await rm(path.resolve(SHELL_PROJECT, finding.reproduction ?? ""));
  });

  it("do not break the fixed twin", async () => {
    const result = await campaign("CappedBox", { runs: 4, proposers: returning(() => [{ steps: ATTACK }]) });
    expect(result.kind).to.equal("survived");
    expect(result.proposals).to.deep.equal({ played: 1, refused: [] });
  });

  it("leave every other run as it is", async () => {
    const plain = await campaign("CappedBox", { runs: 8 });
    const proposed = await campaign("CappedBox", { runs: 8, proposers: returning(() => []) });
    const { seconds: _seconds, searchSeconds: _search, ...cost } = plain.cost;
    expect(proposed.cost).to.deep.include(cost);
    expect(proposed.activity).to.deep.equal(plain.activity);
    expect(proposed.proposals).to.deep.equal({ played: 0, refused: [] });
  });

  it("give the same result again, whatever the number of lanes", async () => {
    const propose = ({ runs }: ProposerBrief): unknown =>
      runs.map(({ seed }) => ({
        steps: [
          { block: 1 + (seed % 2), agent: "attacker", action: "target.set", amount: "most" },
          { block: 3, agent: "attacker", action: "target.set" },
        ],
      }));
    const results = [];
    for (const lanes of [1, 2]) {
      const { activity, proposals, cost } = await campaign("CappedBox", {
        runs: 24,
        lanes,
        proposers: returning(propose),
      });
      results.push({ activity, proposals, calls: cost.searchCalls });
    }
    expect(results[0]).to.deep.equal(results[1]);
    expect(results[0]?.proposals).to.deep.equal({ played: 12, refused: [] });
  });

  describe("may return anything", () => {
    const step = ATTACK[0]!;
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const cyclic: { self?: unknown } = {};
    cyclic.self = cyclic;
    const one =
      (change: object): (() => unknown) =>
      () => [{ steps: [{ ...step, ...change }] }];
    const cases: readonly (readonly [what: string, propose: (brief: ProposerBrief) => unknown, reason: RegExp])[] = [
      ["text that is not JSON", () => "deposit, then borrow", /^it is not JSON$/],
      ["deep nesting", () => deep, /^it is not|^a sequence/],
      [
        "arguments that nest deeply",
        () => `[{"steps":[{"block":1,"agent":"attacker","action":"target.set","args":${deep}}]}]`,
        /fit|not JSON|malformed/,
      ],
      ["a cycle", () => cyclic, /^it is not JSON$/],
      ["a function", () => () => undefined, /^it is not JSON$/],
      [
        "what throws when it is read",
        () => ({
          get sequences(): unknown {
            throw new Error("no");
          },
        }),
        /^it is not JSON$/,
      ],
      ["what is too large", () => "x".repeat(2_000_000), /1,000,000 characters/],
      ["no list", () => ({ steps: [] }), /not a list of sequences/],
      [
        "too many sequences",
        ({ runs }) => [...runs.map(() => null), { steps: [step] }],
        /more sequences than were asked for/,
      ],
      ["no steps", () => [{ steps: [] }], /has no steps/],
      ["a sequence that is none", () => [7], /not \{ steps/],
      ["further fields", () => [{ steps: [step], code: "process.exit()" }], /not \{ steps/],
      ["a million steps", () => `[{"steps":[${"0,".repeat(400_000)}0]}]`, /more than 200 steps/],
      ["a step that is none", () => [{ steps: ["target.set"] }], /malformed/],
      ["a step with further fields", one({ from: "0x0" }), /malformed/],
      ["a prototype", () => '[{"steps":[{"__proto__":{"block":1}}]}]', /malformed/],
      ["a block that is not in the run", one({ block: 1e300 }), /block is not one of 1 to 3/],
      ["half a block", one({ block: 1.5 }), /block is not one/],
      ["an unknown agent", one({ agent: "constructor" }), /no such agent/],
      ["an unknown action", one({ action: "target.selfdestruct" }), /no such action/],
      ["too few arguments", one({ args: [] }), /arguments do not fit/],
      ["an argument of another type", one({ args: [{ amount: 1 }] }), /arguments do not fit/],
      ["a huge number", one({ args: ["9".repeat(78)] }), /arguments do not fit/],
      ["a number with a million digits", one({ args: ["9".repeat(500_000)] }), /arguments do not fit/],
      ["a fraction of a unit", one({ args: [0.5] }), /arguments do not fit/],
      ["more than all", one({ args: ["101 %"] }), /arguments do not fit/],
      ["coin for what takes none", one({ value: "1" }), /arguments do not fit/],
      [
        "coin without arguments",
        () => [{ steps: [{ block: 1, agent: "attacker", action: "target.set", value: "1" }] }],
        /value comes without args/,
      ],
      [
        "shares for a function",
        () => [{ steps: [{ block: 1, agent: "attacker", action: "target.set", shares: [1] }] }],
        /shares do not fit/,
      ],
      ["a callback of nothing", one({ inside: true }), /is inside none/],
    ];
    it("each counted with its reason, and none an error or a verdict", async () => {
      const told: ProposerBrief["refused"][] = [];
      const proposers = returning((brief) => {
        told.push(structuredClone(brief.refused));
        return cases[brief.round]?.[1](brief) ?? [];
      });
      const result = await campaign("CappedBox", { runs: 8 * (cases.length + 1), proposers });
      expect(result.kind).to.equal("survived");
      expect(result.proposals?.played).to.equal(0);
      for (const [at, [what, , reason]] of cases.entries()) {
        const before = new Map(told[at]?.map((one) => [one.reason, one.count]));
        const added = told[at + 1]?.filter((one) => one.count !== before.get(one.reason)) ?? [];
        expect(added, what).to.have.lengthOf(1);
        expect(added[0]?.reason, what).to.match(reason);
        expect(added[0]?.example.length, what).to.be.at.most(130);
      }
    });

    it("an error, which is counted every time", async () => {
      const proposers = returning(() => {
        throw new Error("out of credit");
      });
      const { kind, proposals } = await campaign("CappedBox", { runs: 10, proposers });
      expect(kind).to.equal("survived");
      const refused = [{ proposer: "stranger", reason: "it threw an error", count: 2, example: "out of credit" }];
      expect(proposals).to.deep.equal({ played: 0, refused });
    });

    it("nothing, for ever: it is not asked again", async () => {
      let asked = 0;
      const proposers = returning(async () => {
        asked += 1;
        return new Promise(() => undefined);
      }, 0.05);
      const { kind, proposals } = await campaign("CappedBox", { runs: 20, proposers });
      expect(kind).to.equal("survived");
      expect(asked).to.equal(1);
      expect(proposals?.refused.map(({ reason }) => reason)).to.deep.equal(["it took longer than its time limit"]);
    });

    it("nothing while the campaign is aborted, which ends it", async () => {
      const controller = new AbortController();
      const proposers = returning(async () => {
        controller.abort();
        return new Promise(() => undefined);
      });
      const result = await campaign("CappedBox", { runs: 20, proposers, signal: controller.signal });
      expect(result).to.deep.include({ kind: "incomplete", reason: "interrupted" });
    });
  });

  it("are checked as options", async () => {
    const wrong = ["gpt"] as unknown as NonNullable<CampaignOptions["proposers"]>;
    await failsWith("INVALID_OPTION", () => campaign("CappedBox", { proposers: wrong }));
    await failsWith("INVALID_OPTION", () => defineProposer({ name: "x" } as never));
    await failsWith("INVALID_OPTION", () => defineProposer({ name: "", propose: () => [] }));
    await failsWith("INVALID_OPTION", () => defineProposer({ name: "x", propose: () => [], timeLimit: 0 }));
  });
});
