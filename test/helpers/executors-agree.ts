import type { Address, Hex } from "viem";

import type { Log } from "../../src/engine/chain/transaction.js";
import type { Genome } from "../../src/engine/events/genome.js";
import type { Outcome } from "../../src/engine/run/outcome.js";
import type { MinedBlock } from "../../src/engine/run/state.js";
import type { World } from "../../src/engine/world/world.js";
import type { Siegeable } from "../fixtures/all.js";
import type { FeedVault } from "../fixtures/feed-vaults.js";
import type { Variant } from "../fixtures/fixture.js";

import { expect } from "chai";
import * as fc from "fast-check";

import { NOTHING_PLAYED } from "../../src/engine/run/count.js";
import { Player } from "../../src/engine/run/player.js";
import { startOf } from "../../src/engine/run/state.js";
import { genomeSource } from "../../src/engine/search/genome-source.js";
import { Lanes } from "../../src/engine/search/lanes/lanes.js";
import { openWorld } from "../../src/engine/world/world.js";
import { surge } from "../../src/market/processes/surge.js";
import { ORACLE_FAULT_KINDS } from "../../src/oracles/faults.js";
import { openHermeticNetwork } from "../../src/plugin/hermetic-network.js";
import { openLaneChannel } from "../../src/plugin/solidity-lanes/open-lane-channel.js";
import { buildScenario } from "../../src/scenario/build/build-scenario.js";
import { FIXTURES } from "../fixtures/all.js";
import { loanLimitChange } from "../fixtures/events/loan-limit-change.js";
import { deployFeedVault, faultyFeeds } from "../fixtures/feed-vaults.js";
import { deployOwnedVault, ownedLending } from "../fixtures/owned-vault.js";

import { siegeForkForEach } from "./siege-fork.js";

/** The same fixture with full blocks, late transactions and a builder that uses all its powers. */
function underAttack(fixture: Siegeable): Siegeable {
  return {
    ...fixture,
    name: `${fixture.name} in blocks of an adversarial builder`,
    scenario: (fork, target) => ({
      ...fixture.scenario(fork, target),
      gas: { demand: surge({ times: 4 }) },
      mempool: { delay: 1 },
      builder: { censors: 5, reorders: true, reorganises: 3 },
    }),
  };
}
/** All kinds of faults at once: of a feed behind a proxy and a sequencer, and of a feed without a proxy. */
const FAULTY_FEEDS: readonly Pick<Siegeable, "name" | "deploy" | "scenario">[] = [
  ["ETH", "sequencer"],
  ["backup", "sequencer"],
].map((oracles) => ({
  name: `OneFeedVault with faults of ${oracles.join(" and ")}`,
  deploy: (fork, variant) => deployFeedVault(fork, variant === "flawed" ? "OneFeedVault" : "FeedVault", 1_500),
  // only a proxy can switch to another aggregator
  scenario: (fork, vault) =>
    faultyFeeds(
      fork,
      vault as FeedVault,
      { market: "falls", oracles },
      ORACLE_FAULT_KINDS.filter((kind) => kind !== "phase" || oracles.includes("ETH")),
    ),
}));

/** Transactions of an owner, who is not an agent. */
const OWNED_VAULT: Pick<Siegeable, "name" | "deploy" | "scenario"> = {
  name: "OwnedVault whose owner changes the loan limit",
  deploy: (fork, variant) => deployOwnedVault(fork, variant),
  scenario: (fork) => ({
    ...ownedLending(fork),
    events: [loanLimitChange({ most: 20_000 })],
    builder: { reorders: true, reorganises: 3 },
  }),
};

/** What a run left behind, as far as the executors must agree on it. */
interface Played {
  readonly outcome: Outcome;
  /** The pinned fields of the last block. */
  readonly header: unknown;
  /** For each block, the outcome of each call. */
  readonly blocks: readonly (readonly {
    readonly sender: string;
    readonly to: Address;
    readonly args: readonly unknown[];
    readonly success: boolean | undefined;
    readonly returned: Hex | undefined;
    readonly logs: readonly unknown[];
  }[])[];
  /** Slots touched by the run's transactions. */
  readonly touched: ReadonlySet<string>;
  /** Native balances at the end, fees refunded. */
  readonly native: ReadonlyMap<string, bigint>;
}

/**
 * The tests that an executor of lanes agrees with the faithful one.
 *
 * @param runs - genomes per fixture and variant
 */
export function executorsAgree(executor: "batched" | "solidity", runs: number): void {
  const theFork = siegeForkForEach();

  for (const fixture of [...FIXTURES, ...FIXTURES.slice(0, 2).map(underAttack), ...FAULTY_FEEDS, OWNED_VAULT]) {
    for (const variant of ["flawed", "fixed"] as const satisfies readonly Variant[]) {
      it(`on ${fixture.name}, ${variant}: calls, logs, storage, balances and verdict`, async () => {
        const fork = theFork();
        const vault = await fixture.deploy(fork, variant);
        const scenario = buildScenario(fixture.scenario(fork, vault));
        const { provider } = fork.connection;
        const world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, vault, scenario);
        const lanes = await Lanes.of(world, {
          hardfork: "osaka",
          openNetwork: openHermeticNetwork,
          openChannel: openLaneChannel,
          executor,
        });
        try {
          const lane = await lanes.add();
          expect(lane.executor.kind).to.equal(executor);
          let seen = 0;
          await fc.assert(
            fc.asyncProperty(fc.nat(), async (index) => {
              const genome = genomeSource(world, 1)(index);
              // a lane reads the user's world while it plays, so that world has to stand at its base
              const faithful = await play(world, genome);
              await world.restore();
              const batched = await play(lane, genome);
              for (const [block, calls] of faithful.blocks.entries()) {
                expect(batched.blocks[block], `block ${block + 1}`).to.deep.equal(calls);
              }
              expect(batched.header).to.deep.equal(faithful.header);
              expect(verdictOf(batched.outcome)).to.deep.equal(verdictOf(faithful.outcome));
              expect(batched.native).to.deep.equal(faithful.native);
              const slots = new Set([...faithful.touched, ...batched.touched]);
              seen += slots.size;
              const inBatches = await storageOf(lane, slots);
              await lane.restore();
              await play(world, genome);
              expect(inBatches).to.deep.equal(await storageOf(world, slots));
              await world.restore();
            }),
            // a counterexample is an index: neighbouring numbers mean nothing
            { numRuns: runs, seed: 7, endOnFailure: true },
          );
          expect(seen, "slots that were compared").to.be.greaterThan(0);
        } finally {
          await lanes.close();
          await world.close();
        }
      });
    }
  }
}

/** An outcome without the amounts of a profit: the gas that a sender pays counts in it, and batches charge none. */
function verdictOf(outcome: Outcome): unknown {
  if (outcome.kind !== "violation" || outcome.violation.condition !== "unprofitableToAttack") return outcome;
  const { evidence: _amounts, ...violation } = outcome.violation;
  return { ...outcome, violation };
}

/** Plays a genome and leaves the world in its final state. */
async function play(world: World, genome: Genome): Promise<Played> {
  const { chain, executor } = world;
  const blocks: Played["blocks"][number][] = [];
  const touched = new Set<string>();
  let fees: { readonly block: number; readonly from: Address; readonly fee: bigint }[] = [];
  const mined = async ({ block: height, environment, calls, inclusions }: MinedBlock): Promise<void> => {
    const results = await executor.results(inclusions);
    const block: Played["blocks"][number][number][] = [];
    for (const [index, { sender, from, call }] of calls.entries()) {
      const inclusion = inclusions[index]!;
      let logs: readonly Log[] = [];
      if (inclusion.kind === "batched") ({ logs } = inclusion);
      if (inclusion.kind === "transaction") {
        const receipt = (await chain.receipt(inclusion.hash))!;
        ({ logs } = receipt);
        const price = environment.baseFee + inclusion.transaction.maxPriorityFeePerGas;
        fees.push({ block: height, from, fee: receipt.gasUsed * price });
      }
      block.push({
        sender,
        to: call.to,
        args: call.args,
        success: results[index]?.success,
        returned: results[index]?.returned,
        logs: logs.map(({ address, topics, data }) => ({ address: address.toLowerCase(), topics, data })),
      });
    }
    // what is no transaction cannot be looked up
    const hashes = inclusions.flatMap((inclusion) => (inclusion.kind === "refused" ? [] : [inclusion.hash]));
    for (const hash of new Set(executor.kind === "solidity" ? [] : hashes)) {
      for (const [account, slots] of await chain.storageTouchedBy(hash)) {
        for (const slot of slots) touched.add(`${account.toLowerCase()} ${slot}`);
      }
    }
    blocks.push(block);
  };
  // nothing is restored after the run, so that the chain can be inspected
  const stay = {
    begin: async () => ({ state: startOf(world), shared: NOTHING_PLAYED }),
    survived: async () => undefined,
    end: async () => undefined,
  };
  const outcome = await new Player(world, () => undefined, { stage: stay }).genome(genome, {
    mined,
    // fees of reorged blocks were never paid
    reorganised: async (back) => {
      fees = fees.filter(({ block }) => block <= back);
    },
  });
  const native = new Map<string, bigint>();
  for (const name of world.scenario.agents.keys()) {
    const account = world.frame.accounts.get(name)!;
    const { balance } = await chain.account(account);
    const paid = fees.filter(({ from }) => from === account).reduce((sum, { fee }) => sum + fee, 0n);
    native.set(name, BigInt(balance) + paid);
  }
  const { number, timestamp, mixHash, baseFeePerGas, miner } = await chain.latestRaw();
  return {
    outcome,
    header: { number, timestamp, mixHash, baseFeePerGas, miner },
    blocks,
    touched,
    native,
  };
}

async function storageOf({ chain }: World, slots: ReadonlySet<string>): Promise<ReadonlyMap<string, Hex>> {
  const values = new Map<string, Hex>();
  for (const slot of slots) {
    const [account, key] = slot.split(" ") as [Address, Hex];
    values.set(slot, await chain.storage(account, key));
  }
  return values;
}
