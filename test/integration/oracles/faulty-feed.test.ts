import type { OracleFault } from "../../../src/oracles/faults.js";
import type { FeedVault } from "../../fixtures/feed-vaults.js";
import type { SiegeFork } from "../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../mini-mainnet/fork-source.js";

import { expect } from "chai";
import { parseAbi, parseEther } from "viem";

import { defineAgent } from "../../../src/agents/agent.js";
import { NOTHING_PLAYED } from "../../../src/engine/run/count.js";
import { Player } from "../../../src/engine/run/player.js";
import { startOf } from "../../../src/engine/run/state.js";
import { openWorld } from "../../../src/engine/world/world.js";
import { ORACLE_FAULT_KINDS } from "../../../src/oracles/faults.js";
import { call } from "../../../src/protocols/call.js";
import { buildScenario } from "../../../src/scenario/build/build-scenario.js";
import { deployFeedVault, faultyFeeds } from "../../fixtures/feed-vaults.js";
import { failsWith } from "../../helpers/errors.js";
import { createSiegeFork } from "../../helpers/siege-fork.js";
import { aggregatorProxyAbi } from "../../mini-mainnet/abis.js";
import { miniMainnetSource } from "../../mini-mainnet/fork-source.js";

const feedAbi = [
  ...aggregatorProxyAbi,
  ...parseAbi([
    "function phaseId() view returns (uint16)",
    "function description() view returns (string)",
    "function getRoundData(uint80 id) view returns (uint80, int256, uint256, uint256, uint80)",
  ]),
] as const;

const vaultAbi = parseAbi(["function deposit(uint256 amount)"]);

const PHASE = 2n ** 64n;
const ANSWER = 2_000n * 10n ** 8n;
const BLOCK_TIME = 1_200n;

/** What each fault looks like on the chain, to whom reads the real proxy. */
describe("a feed with a fault", () => {
  let source: MiniMainnetSource;
  let fork: SiegeFork;
  let vault: FeedVault;

  before(async () => {
    source = await miniMainnetSource();
  });
  beforeEach(async () => {
    fork = await createSiegeFork(source);
    vault = await deployFeedVault(fork, "FeedVault", 1_500);
  });
  afterEach(() => fork.close());
  after(() => source.close());

  interface Look {
    readonly proxy: { readonly address: `0x${string}`; readonly abi: typeof feedAbi };
    /** `[roundId, answer, startedAt, updatedAt, answeredInRound]` */
    readonly round: () => Promise<readonly [bigint, bigint, bigint, bigint, bigint]>;
    readonly now: () => Promise<bigint>;
    readonly decimals: () => Promise<number>;
  }

  /** Plays faults of the feed of ether, in a flat market, and reads the chain after the last block. */
  async function played(
    faults: readonly (Omit<OracleFault, "oracle"> & { readonly block: number; readonly oracle?: string })[],
    blocks: number,
    look: (at: Look) => Promise<void>,
    change = 0,
  ): Promise<void> {
    const scenario = buildScenario(
      faultyFeeds(fork, vault, { market: "stands still", oracles: ["ETH", "sequencer"] }, ORACLE_FAULT_KINDS),
    );
    const { provider } = fork.connection;
    const world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, vault, scenario);
    const stay = {
      begin: async () => ({ state: startOf(world), shared: NOTHING_PLAYED }),
      survived: async () => undefined,
      end: async () => undefined,
    };
    const proxy = { address: fork.addresses.chainlink.ethUsd, abi: feedAbi };
    try {
      const market = change === 0 ? [] : [{ kind: "market" as const, block: 2, asset: "ETH", change }];
      const steps = faults.map((fault) => ({ oracle: "ETH", ...fault, kind: "oracle" as const }));
      const outcome = await new Player(world, () => undefined, { stage: stay }).trace({
        steps: [...market, ...steps].sort((a, b) => a.block - b.block),
        blocks,
      });
      expect(outcome.kind).to.equal("survived");
      await look({
        proxy,
        round: () => fork.chain.read(proxy, "latestRoundData", []),
        now: async () => BigInt((await world.chain.latest()).timestamp),
        decimals: () => fork.chain.read(proxy, "decimals", []),
      });
    } finally {
      await world.close();
    }
  }

  const fall = -200_000;

  it("silent: no new round", () =>
    played(
      [{ block: 2, fault: "silent", blocks: 3 }],
      4,
      async ({ round, now }) => {
        const [, answer, , updatedAt] = await round();
        expect(answer).to.equal(ANSWER);
        expect(updatedAt).to.equal((await now()) - 3n * BLOCK_TIME);
      },
      fall,
    ));

  it("frozen: new rounds with the old price", () =>
    played(
      [{ block: 2, fault: "frozen", blocks: 3 }],
      4,
      async ({ round, now }) => {
        const [id, answer, startedAt, updatedAt, answeredIn] = await round();
        expect([answer, startedAt, updatedAt, answeredIn]).to.deep.equal([ANSWER, await now(), await now(), id]);
      },
      fall,
    ));

  it("stale: new rounds that carry the old answer and its time", () =>
    played(
      [{ block: 2, fault: "stale", blocks: 3 }],
      4,
      async ({ round, now }) => {
        const [id, answer, startedAt, updatedAt, answeredIn] = await round();
        expect([answer, startedAt]).to.deep.equal([ANSWER, await now()]);
        expect(updatedAt).to.equal((await now()) - 3n * BLOCK_TIME);
        expect(id - answeredIn).to.equal(3n);
      },
      fall,
    ));

  it("zero, negative, wrong: answers that are not a price, and the right one afterwards", async () => {
    for (const [fault, said, factor] of [
      ["zero", 0n],
      ["negative", -ANSWER],
      ["wrong", ANSWER * 10n, 10_000_000],
    ] as const) {
      const begun = { block: 1, fault, blocks: 2, ...(factor === undefined ? {} : { factor }) };
      await played([begun], 2, async ({ round, now }) => {
        const [, answer, , updatedAt] = await round();
        expect([answer, updatedAt]).to.deep.equal([said, await now()]);
      });
      await played([begun], 3, async ({ round }) => {
        expect((await round())[1]).to.equal(ANSWER);
      });
    }
  });

  it("decimals: the same price with others, from then on", () =>
    played([{ block: 1, fault: "decimals", blocks: 1, decimals: 18 }], 3, async ({ round, decimals }) => {
      expect(await decimals()).to.equal(18);
      expect((await round())[1]).to.equal(2_000n * 10n ** 18n);
    }));

  it("phase: another aggregator behind the proxy, whose rounds are counted from 1", async () => {
    await played([], 1, async ({ round }) => {
      expect((await round())[0] / PHASE).to.equal(1n);
    });
    const changes = [1, 2, 3].map((block) => ({ block, fault: "phase", blocks: 1 }) as const);
    await played(changes.slice(0, 1), 2, async ({ proxy, round, decimals }) => {
      const [id, answer] = await round();
      expect([id, answer]).to.deep.equal([2n * PHASE + 2n, ANSWER]);
      expect(await fork.chain.read(proxy, "phaseId", [])).to.equal(2);
      // what is no round is as it was, and the rounds of the old phase can still be read
      expect(await decimals()).to.equal(8);
      expect(await fork.chain.read(proxy, "description", [])).to.equal("ETH / USD");
      expect((await fork.chain.read(proxy, "getRoundData", [PHASE + 1n]))[1]).to.equal(ANSWER);
      let reverted = false;
      await fork.chain.read(proxy, "getRoundData", [2n * PHASE + 3n]).catch(() => (reverted = true));
      expect(reverted).to.equal(true);
    });
    await played([...changes, { block: 4, fault: "decimals", blocks: 1, decimals: 18 }], 5, async (at) => {
      const [id, answer] = await at.round();
      expect([id / PHASE, answer]).to.deep.equal([4n, 2_000n * 10n ** 18n]);
      expect(await at.decimals()).to.equal(18);
    });
  });

  it("down: the uptime feed says since when, prices stop, and both come back", async () => {
    const sequencer = { address: vault.sequencer, abi: feedAbi };
    const outage = [{ block: 2, oracle: "sequencer", fault: "down", blocks: 3 }] as const;
    await played(outage, 4, async ({ round, now }) => {
      const [, status, startedAt] = await fork.chain.read(sequencer, "latestRoundData", []);
      expect([status, startedAt]).to.deep.equal([1n, (await now()) - 2n * BLOCK_TIME]);
      expect((await round())[3]).to.equal((await now()) - 3n * BLOCK_TIME);
    });
    await played(outage, 5, async ({ round, now }) => {
      const [, status, startedAt] = await fork.chain.read(sequencer, "latestRoundData", []);
      expect([status, startedAt]).to.deep.equal([0n, await now()]);
      expect((await round())[3]).to.equal(await now());
    });
  });

  it("down: only agents that may make any move transact, through layer 1", async () => {
    const definition = faultyFeeds(fork, vault, { market: "stands still", oracles: ["sequencer"] }, ["down"]);
    const saver = defineAgent({
      role: "saver",
      capital: { ETH: 3 },
      act: ({ submit }) => {
        submit(call({ address: vault.address, abi: vaultAbi, functionName: "deposit", args: [parseEther("1")] }));
      },
    });
    const scenario = buildScenario({ ...definition, agents: [...definition.agents, saver] });
    const { provider } = fork.connection;
    const world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, vault, scenario);
    try {
      const outcome = await new Player(world, () => undefined).genome({
        seed: 1,
        blocks: 3,
        muted: [],
        market: [],
        oracles: [{ block: 2, oracle: "sequencer", fault: "down", blocks: 1 }],
        moves: [{ block: 2, agent: "attacker", action: "target.deposit", operands: [500_000], position: "back" }],
      });
      const calls = outcome.trace.steps.flatMap((step) =>
        step.kind === "call" ? [`${step.block} ${step.agent}`] : [],
      );
      expect(calls).to.deep.equal(["1 saver", "2 attacker", "3 saver"]);
    } finally {
      await world.close();
    }
  });

  it("cannot have a fault that it was not prepared for", async () => {
    const { siege } = fork.connection;
    const faults = { market: "stands still", oracles: ["backup"] } as const;
    const scenario = siege.scenario(faultyFeeds(fork, vault, faults, ["phase"]));
    await failsWith("UNSUPPORTED_PROTOCOL", () => siege.run(vault, scenario, { runs: 1 }));
  });
});
