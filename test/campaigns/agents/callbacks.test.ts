import type { RunTally } from "../../../src/engine/activity/run-tally.js";
import type { Genome } from "../../../src/engine/events/genome.js";
import type { Inside } from "../../../src/engine/run/free-move.js";
import type { Agent } from "../../../src/types.js";

import { expect } from "chai";
import { parseAbi } from "viem";

import { attacker } from "../../../src/agents/attacker.js";
import { invariants } from "../../../src/conditions/invariants.js";
import { RunCounter } from "../../../src/engine/activity/run-counter.js";
import { Chain } from "../../../src/engine/chain/chain.js";
import { ANSWERS } from "../../../src/engine/run/free-move.js";
import { Player } from "../../../src/engine/run/player.js";
import { openWorld } from "../../../src/engine/world/world.js";
import { renderResult } from "../../../src/report/terminal.js";
import { buildScenario } from "../../../src/scenario/build/build-scenario.js";
import { agentAddress } from "../../../src/view/accounts.js";
import { fixtureArtifact } from "../../fixtures/artifact.js";
import { CALLED_BACK, named } from "../../fixtures/callbacks.js";
import { siegeForkForSuite } from "../../helpers/siege-fork.js";
import { survivesItsSiblingsTrace, undone } from "../../helpers/twin.js";

const greeterAbi = parseAbi([
  "function greetings() view returns (uint256)",
  "function calls() view returns (uint256)",
  "function during() view returns (uint256)",
]);

describe("an attacker who is called back", function () {
  // whole campaigns, minimised
  this.timeout(300_000);
  const theFork = siegeForkForSuite();

  for (const fixture of CALLED_BACK) {
    const { name, steps, tells, pending, pendingSteps } = fixture;
    const specify = pending === undefined ? it : it.skip;
    const inSteps = ", in no more steps than by hand,";
    if (pendingSteps !== undefined) it.skip(`breaks ${named(fixture)}${inSteps} and not its twin`);
    specify(
      `breaks ${pending === undefined ? name : named(fixture)}${pendingSteps === undefined ? inSteps : ""} and not its twin`,
      async () => {
        const fork = theFork();
        const { siege } = fork.connection;
        await undone(fork, async () => {
          const flawed = await fixture.deploy(fork, "flawed");
          const scenario = siege.scenario(await fixture.scenario(fork, flawed));
          const result = await siege.run(flawed, scenario);
          // what is in callbacks is the same on lanes: nothing had to be played in another way
          expect(result.explored.because ?? result.explored.notInRunner, renderResult(result)).to.equal(undefined);
          if (result.kind !== "violation") throw new Error(renderResult(result));
          const { finding } = result;
          if (pendingSteps === undefined) {
            expect(finding.trace.steps, renderResult(result)).to.have.lengthOf.at.most(steps);
          }
          expect(finding.steps.at(-1)?.action, renderResult(result)).to.match(tells);
          expect((await siege.replay(finding.reproduction!)).kind).to.equal("violation");
        });
        const twin = await fixture.deploy(fork, "fixed");
        await survivesItsSiblingsTrace(fork, {
          target: twin,
          scenario: siege.scenario(await fixture.scenario(fork, twin)),
          sibling: name,
        });
      },
    );
  }
});

describe("a callback", () => {
  const theFork = siegeForkForSuite();

  /** What a Greeter counted after one block of an attacker's moves. */
  async function counted(
    moves: readonly {
      readonly action: string;
      readonly callback?: number;
      readonly answer?: Inside["answer"];
      readonly depth?: number;
    }[],
    agent: Agent = attacker(),
    counting?: (tally: RunTally) => void,
  ): Promise<{ readonly greetings: bigint; readonly calls: bigint; readonly during: bigint }> {
    const fork = theFork();
    const { abi } = await fixtureArtifact("Greeter");
    const target = { address: await fork.deploy(await fixtureArtifact("Greeter")), abi, name: "Greeter" };
    const scenario = buildScenario({
      name: "greetings",
      blocks: 1,
      assets: {},
      agents: [agent],
      conditions: [invariants(target)],
    });
    const genome: Genome = {
      seed: 1,
      blocks: 1,
      muted: [],
      market: [],
      oracles: [],
      moves: moves.map(({ action, callback, answer = "nothing", depth }) => ({
        block: 1,
        agent: "attacker",
        action: `target.${action}`,
        operands: [],
        position: "front",
        ...(callback === undefined
          ? {}
          : { inside: { callback, answer, same: false, ...(depth === undefined ? {} : { depth }) } }),
      })),
    };
    const { provider } = fork.connection;
    const world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, target, scenario);
    const read = (functionName: "greetings" | "calls" | "during"): Promise<bigint> =>
      fork.chain.read({ address: target.address, abi: greeterAbi }, functionName, []);
    let counters = { greetings: 0n, calls: 0n, during: 0n };
    try {
      const counter = new RunCounter(world);
      const verdict = await new Player(world, () => undefined).genome(genome, {
        ...counter.watcher,
        mined: async (block) => {
          await counter.watcher.mined?.(block);
          counters = { greetings: await read("greetings"), calls: await read("calls"), during: await read("during") };
        },
      });
      counting?.(counter.ended(verdict));
      // the next run starts without its code
      expect(await new Chain(provider).code(agentAddress("attacker"))).to.equal("0x");
    } finally {
      await world.close();
    }
    return counters;
  }

  it("is the one that was chosen, whatever its name, and none is made up", async () => {
    const inCallback = (callback: number) => counted([{ action: "greet" }, { action: "call", callback }]);
    expect(await inCallback(1)).to.deep.equal({ greetings: 1n, calls: 1n, during: 1n });
    expect(await inCallback(3)).to.deep.equal({ greetings: 1n, calls: 1n, during: 3n });
    expect(await inCallback(4)).to.deep.equal({ greetings: 1n, calls: 0n, during: 0n });
    const first = { callback: 1 };
    expect(await counted([{ action: "callAsPerson" }, { action: "call", ...first }])).to.deep.include({ calls: 0n });
  });

  it("answers the hooks of ERC-721 and ERC-1155 with their selector, and another as it was drawn", async () => {
    const received = ["greetReceiver", "greetReceiverOfMany", "greetReceiverOfOne"];
    for (const answer of ANSWERS) {
      for (const action of received) {
        expect(await counted([{ action }, { action: "call", callback: 1, answer }])).to.deep.include({
          greetings: 1n,
          calls: 1n,
        });
      }
      const own = await counted([{ action: "greetForTrue" }, { action: "call", callback: 1, answer }]);
      expect(own.greetings).to.equal(answer === "true" ? 1n : 0n);
    }
  });

  it("goes on after a call that reverts, one that uses all its gas, and one that calls back again", async () => {
    const inside = ["fail", "loop", "greet", "call"].map((action) => ({ action, callback: 1 }));
    expect(await counted([{ action: "greet" }, ...inside])).to.deep.equal({ greetings: 2n, calls: 1n, during: 1n });
  });

  it("may come while another is answered, three deep, and none is mixed up", async () => {
    const deep = [
      { action: "greet" },
      { action: "greet", callback: 2, depth: 1 },
      { action: "greet", callback: 3, depth: 2 },
      { action: "call", callback: 1, depth: 3 },
      // in the callback of the first, behind what is inside of that
      { action: "call", callback: 2, depth: 1 },
    ];
    let done: Readonly<Record<string, number>> = {};
    const counters = await counted(deep, attacker(), ({ calls }) => {
      done = Object.fromEntries(
        Object.entries(calls.attacker ?? {}).map(([action, { succeeded }]) => [action, succeeded]),
      );
    });
    // the digits of three callbacks, one inside the other
    expect(counters).to.deep.equal({ greetings: 3n, calls: 2n, during: 132n });
    expect(done).to.deep.include({ "target.greet": 3, "target.call": 2 });
  });

  it("is told why it never returns, and of which function", async () => {
    let reasons: unknown;
    await counted(
      [{ action: "greet" }, { action: "loop", callback: 1 }, { action: "fail", callback: 1 }],
      attacker(),
      ({ calls }) => {
        reasons = [calls.attacker?.["target.loop"]?.reverts, calls.attacker?.["target.fail"]?.reverts];
      },
    );
    expect(reasons).to.deep.equal([{ "used all its gas": 1 }, {}]);
  });

  it("is a token's that asks the registry of ERC-1820", async () => {
    const artifact = await fixtureArtifact("HookRegistry");
    const chain = new Chain(theFork().connection.provider);
    await chain.setCode(
      "0x1820a4B7618BdE71Dce8cdc73aAB6C95905faD24",
      await chain.code(await theFork().deploy(artifact)),
    );
    // for the hook of ERC-777, and for one of its own
    for (const action of ["greetHolder", "greetByName"]) {
      expect(await counted([{ action }, { action: "call", callback: 1 }])).to.deep.include({
        greetings: 1n,
        calls: 1n,
      });
    }
  });

  it("takes code that contracts see; without any, an account has none", async () => {
    const person = { action: "callAsPerson" };
    expect(await counted([person])).to.deep.include({ calls: 100n });
    const moves = [person, { action: "greet" }, { action: "call", callback: 1 }];
    expect(await counted(moves)).to.deep.include({ greetings: 1n, calls: 1n });
    // without code an account answers no callback, which greets nobody here: calls of Solidity check for code
    const never = attacker({ callbacks: false });
    expect(await counted(moves, never)).to.deep.equal({ greetings: 0n, calls: 101n, during: 0n });
  });
});
