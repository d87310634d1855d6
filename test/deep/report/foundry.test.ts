import type { Exported } from "../../helpers/exported.js";
import type { ForgeResult } from "../../helpers/forge.js";
import type { SiegeFork } from "../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../mini-mainnet/fork-source.js";

import { expect } from "chai";
import { erc20Abi, parseUnits } from "viem";

import { attacker } from "../../../src/agents/index.js";
import { fairShare, solvent } from "../../../src/conditions/index.js";
import { exportFoundry } from "../../../src/report/foundry/export-foundry.js";
import { agentAddress } from "../../../src/view/accounts.js";
import { FIXTURES } from "../../fixtures/all.js";
import { deployAuctionHouse } from "../../fixtures/auction-house.js";
import { CALLED_BACK } from "../../fixtures/callbacks.js";
import { deployFeedVault, faultyFeeds, FEED_VAULTS, longer } from "../../fixtures/feed-vaults.js";
import { deployVariant } from "../../fixtures/fixture.js";
import { give, person } from "../../fixtures/give.js";
import { PRESET_FIXTURES } from "../../fixtures/presets/all.js";
import { prepared } from "../../fixtures/presets/besiege.js";
import { exportOf, playedOnTwin } from "../../helpers/exported.js";
import { forgeBinary, forgeProject } from "../../helpers/forge.js";
import { createSiegeFork } from "../../helpers/siege-fork.js";
import { miniMainnetSource } from "../../mini-mainnet/fork-source.js";

/**
 * Twins that code alone does not make: a trader who could borrow less, a mark that a deposit moved, votes that wait and a guardian who cancels, a keeper who sees
 * the price and acts. They are played from their own fixtures, with their own reactions.
 */
const FEE_VAULT = "FeeVault, by fairShare";
const OTHERWISE_SET_UP = new Set(["ThinMarginVault", "NoiseFilterVault", "DollarVault", "GovernedVault", FEE_VAULT]);

/** Its twin reads slots that the flawed code does not. */
const READS_MORE = "GatedVault";

const ALL: readonly Exported[] = [
  ...FIXTURES.map((fixture): Exported => ({
    name: fixture.name,
    runs: 200,
    prepare: async (fork, variant) => {
      const target = await fixture.deploy(fork, variant);
      return { target, scenario: fork.connection.siege.scenario(fixture.scenario(fork, target)) };
    },
  })),
  ...CALLED_BACK.map((fixture): Exported => ({
    name: fixture.name,
    runs: 400,
    prepare: async (fork, variant) => {
      const target = await fixture.deploy(fork, variant);
      return { target, scenario: fork.connection.siege.scenario(await fixture.scenario(fork, target)) };
    },
  })),
  ...FEED_VAULTS.map((fixture): Exported => ({
    name: `${fixture.name} (${fixture.kind})`,
    runs: 400,
    prepare: async (fork, variant) => {
      const target = await deployFeedVault(fork, variant === "flawed" ? fixture.name : "FeedVault", fixture.maxAge);
      const scenario = faultyFeeds(fork, target, fixture, [longer(fixture.kind)]);
      return { target, scenario: fork.connection.siege.scenario(scenario) };
    },
  })),
  ...PRESET_FIXTURES.map((fixture): Exported => ({
    name: fixture.name,
    runs: fixture.runs ?? 200,
    prepare: (fork, variant) => prepared(fork, fixture, variant),
  })),
];

/** Conditions that no fixture above is judged by. */
const OTHER_CONDITIONS: readonly Exported[] = [
  {
    name: FEE_VAULT,
    runs: 40,
    prepare: async (fork, variant) => {
      const { usdc } = fork.addresses;
      const target = await deployVariant(fork, "FeeVault", variant, [usdc, agentAddress("manager")]);
      const alice = await person(fork, "alice");
      const amount = parseUnits("1000", 6);
      await give(fork, "USDC", alice, 1_000);
      await fork.chain.write(alice, { address: usdc, abi: erc20Abi }, "approve", [target.address, amount]);
      await fork.chain.write(alice, target, "deposit", [amount, alice]);
      const scenario = fork.connection.siege.scenario({
        name: "what alice has",
        blocks: 8,
        assets: { USDC: { price: 1, token: usdc } },
        agents: [attacker({ capital: { USDC: 10_000 } })],
        accounts: { alice },
        conditions: [fairShare()],
      });
      return { target, scenario };
    },
  },
  {
    name: "AuctionHouse, by solvent at fair prices",
    runs: 200,
    prepare: async (fork, variant) => {
      const target = await deployAuctionHouse(fork, variant, 30_000);
      const scenario = fork.connection.siege.scenario({
        name: "a lot is sold",
        blocks: 20,
        assets: { ETH: { price: 2_000, token: fork.addresses.weth }, USDC: { price: 1, token: fork.addresses.usdc } },
        agents: [attacker({ capital: { USDC: 10_000 } })],
        conditions: [solvent({ assets: "fair", liabilities: "debt", asset: "USDC" })],
      });
      return { target, scenario };
    },
  },
];

const forge = forgeBinary();

/** Every fixture's reproduction under the real forge, with its own code and with its twin's. */
describe("the Foundry export", function () {
  let source: MiniMainnetSource | undefined;

  before(async function () {
    // `npm --prefix bench ci` installs it
    if (forge === undefined) this.skip();
    source = await miniMainnetSource();
  });
  after(() => source?.close());

  async function onFork<T>(work: (fork: SiegeFork) => Promise<T>): Promise<T> {
    const fork = await createSiegeFork(source!);
    try {
      return await work(fork);
    } finally {
      await fork.close();
    }
  }

  /** @param text - of one test file, which is compiled alone: the compiler from npm has little memory */
  async function outcomes(text: string, env: Readonly<Record<string, string>>[]): Promise<readonly ForgeResult[]> {
    const project = await forgeProject(forge!, new Map([["Siege.t.sol", text]]));
    try {
      const results: ForgeResult[] = [];
      for (const one of env) results.push(...(await project.test("Siege.t.sol", one)).values());
      return results;
    } finally {
      await project.remove();
    }
  }

  for (const fixture of [...ALL, ...OTHER_CONDITIONS]) {
    it(`of ${fixture.name} fails as it was found, and passes with the twin`, async () => {
      const { verdict, text, fix, reproduction } = await onFork((fork) => exportOf(fork, fixture));
      const failing = { status: "Failure", reason: verdict };
      const passing = { status: "Success", reason: undefined };
      if (fixture.name === READS_MORE) {
        // without the fix's state, it says what is missing
        const [plain] = await outcomes(exportFoundry(reproduction), [{ SIEGE_FIX: fix }]);
        expect(plain?.reason).to.match(/^MISSING STATE: slot /);
      }
      if (!OTHERWISE_SET_UP.has(fixture.name)) {
        expect(await outcomes(text, [{}, { SIEGE_FIX: fix }])).to.deep.equal([failing, passing]);
        return;
      }
      const { hermetic } = reproduction;
      if (hermetic === null) throw new Error("it is confirmed");
      const { hardfork } = hermetic;
      const { trace } = reproduction.finding;
      const ofTwin = await onFork((fork) => playedOnTwin(fork, fixture, { hardfork, trace }));
      expect(await outcomes(text, [{}])).to.deep.equal([failing]);
      const twin = exportFoundry({ ...reproduction, hermetic: ofTwin });
      expect(await outcomes(twin, [{ SIEGE_FIX: fix }])).to.deep.equal([passing]);
    });
  }
});
