import type { ProposerAction, ProposerBrief, ProposerRun } from "../../../../src/agents/proposer.js";
import type { PolicyTables } from "../../../../src/training/adversary/policy.js";

import { expect } from "chai";

import { createRandom } from "../../../../src/market/random.js";
import { drawAttack } from "../../../../src/training/adversary/draw-attack.js";
import { UNTRAINED } from "../../../../src/training/adversary/policy.js";

const action = (name: string, rest: Partial<ProposerAction> = {}): ProposerAction => ({
  name,
  inputs: [{ name: "amount", type: "uint256" }],
  payable: false,
  succeeded: 10,
  pays: [],
  gets: [],
  callsBack: false,
  ...rest,
});

const ACTIONS = [
  action("target.stake", { pays: ["USDC"] }),
  action("target.lend", { gets: ["USDC"], needs: ["target.stake", "moment"] }),
  action("target.poke", { succeeded: 0 }),
];

const BRIEF = {
  blocks: 20,
  actions: ACTIONS,
  agents: [
    {
      name: "mallory",
      role: "attacker",
      address: "0x0000000000000000000000000000000000000001",
      capital: { USDC: 1_000 },
      actions: ACTIONS.map(({ name }) => name),
      isCalledBack: false,
    },
  ],
} as const satisfies Pick<ProposerBrief, "agents" | "actions" | "blocks">;

const FALLS: ProposerRun = {
  run: 2,
  seed: 1,
  moments: [{ block: 7, what: "price", asset: "ETH", change: -0.3 }],
};

/** Nothing but what gives tokens, once. */
const OUT: PolicyTables = {
  ...UNTRAINED,
  length: { ...Object.fromEntries(Object.keys(UNTRAINED.length).map((name) => [name, 0])), "1": 1 } as never,
  kind: { ...UNTRAINED.kind, start: { in: 0, out: 1, swap: 0, none: 0, unseen: 0 } },
};

describe("drawAttack", () => {
  it("makes what an action needs before it, and what needs a moment after it", () => {
    const attack = drawAttack(OUT, BRIEF, FALLS, 8, createRandom(1));
    expect(attack?.steps.map((step) => step.action)).to.deep.equal(["target.stake", "target.lend"]);
    expect(attack?.steps[1]).to.include({ block: 7, agent: "mallory", position: "back" });
    expect(attack?.shape.map(({ kind }) => kind)).to.deep.equal(["in", "out"]);
    expect(attack?.shape[1]?.when).to.equal("fall");
  });

  it("knows kinds by what calls do, whatever they are called", () => {
    const renamed = ACTIONS.map(({ name, needs, ...rest }) => ({
      ...rest,
      name: `${name}X`,
      ...(needs === undefined ? {} : { needs: needs.map((need) => (need === "moment" ? need : `${need}X`)) }),
    }));
    const [agent] = BRIEF.agents;
    const agents = [{ ...agent, actions: renamed.map(({ name }) => name) }];
    for (const seed of [1, 2, 3]) {
      const plain = drawAttack(UNTRAINED, BRIEF, FALLS, 8, createRandom(seed));
      const other = drawAttack(UNTRAINED, { ...BRIEF, actions: renamed, agents }, FALLS, 8, createRandom(seed));
      expect(other?.shape).to.deep.equal(plain?.shape);
    }
  });

  it("draws the same from the same seed, within the run and its length", () => {
    for (let seed = 0; seed < 200; seed++) {
      const attack = drawAttack(UNTRAINED, BRIEF, { ...FALLS, moments: [] }, 3, createRandom(seed));
      expect(drawAttack(UNTRAINED, BRIEF, { ...FALLS, moments: [] }, 3, createRandom(seed))).to.deep.equal(attack);
      // what a call needs comes on top
      expect(attack?.steps.length).to.be.within(1, 4);
      for (const { block } of attack?.steps ?? []) expect(block).to.be.within(1, 20);
    }
  });

  it("ends with actions that come before each other", () => {
    const actions = [
      action("target.a", { pays: ["USDC"], needs: ["target.b"] }),
      action("target.b", { gets: ["USDC"], needs: ["target.a"] }),
    ];
    const [agent] = BRIEF.agents;
    const agents = [{ ...agent, actions: ["target.a", "target.b"] }];
    expect(drawAttack(OUT, { ...BRIEF, actions, agents }, FALLS, 8, createRandom(1))?.steps).to.have.lengthOf(2);
  });

  it("has nothing while nothing is known, or nobody can act", () => {
    const actions = ACTIONS.map((one) => ({ ...one, succeeded: 0 }));
    expect(drawAttack(UNTRAINED, { ...BRIEF, actions }, FALLS, 8, createRandom(1))).to.equal(undefined);
    expect(drawAttack(UNTRAINED, { ...BRIEF, agents: [] }, FALLS, 8, createRandom(1))).to.equal(undefined);
  });
});
