import type { Address } from "viem";

import type { Agent, Condition, ScenarioDefinition } from "../../../src/types.js";
import type { Fixture } from "../../fixtures/fixture.js";

import { expect } from "chai";
import { erc20Abi, parseUnits, zeroAddress } from "viem";

import { attacker, defineAgent, retail } from "../../../src/agents/index.js";
import { fairShare, liquidatable, liveness, sound } from "../../../src/conditions/index.js";
import { path, shock } from "../../../src/market/index.js";
import { chainlink } from "../../../src/oracles/index.js";
import { aaveV3, call } from "../../../src/protocols/index.js";
import { renderFailure } from "../../../src/report/terminal.js";
import { agentAddress } from "../../../src/view/accounts.js";
import { deployVariant } from "../../fixtures/fixture.js";
import { give, person } from "../../fixtures/give.js";
import { deployHarvestVault } from "../../fixtures/harvest-vault.js";
import { deployWholeLoan } from "../../fixtures/whole-loan.js";
import { failsWith } from "../../helpers/errors.js";
import { siegeForkForSuite } from "../../helpers/siege-fork.js";
import { runsOf } from "../../helpers/twin.js";
import { ACCOUNTS } from "../../mini-mainnet/accounts.js";

/** A thousand USDC. */
const SAVINGS = parseUnits("1000", 6);

describe("conditions for what people suffer", () => {
  const theFork = siegeForkForSuite();

  async function deployed(contract: string, args: readonly unknown[]): Promise<Fixture> {
    const fixture = await deployVariant(
      theFork(),
      contract.replace(/Fixed$/, ""),
      contract.endsWith("Fixed") ? "fixed" : "flawed",
      args,
    );
    return fixture;
  }

  async function write(
    from: Address,
    { address, abi }: Pick<Fixture, "address" | "abi">,
    name: string,
    args: readonly unknown[],
  ): Promise<void> {
    await theFork().chain.write(from, { address, abi }, name, args);
  }

  /** A target with a deposit of alice's. */
  async function withSaver(
    contract: string,
    args: readonly unknown[] = [],
    deposit: readonly unknown[] = [],
  ): Promise<Fixture> {
    const fork = theFork();
    const target = await deployed(contract, [fork.addresses.usdc, ...args]);
    const alice = await person(fork, "alice");
    await give(fork, "USDC", alice, 1_000);
    await write(alice, { address: fork.addresses.usdc, abi: erc20Abi }, "approve", [target.address, SAVINGS]);
    await write(alice, target, "deposit", [SAVINGS, ...deposit.map(() => alice)]);
    return { ...target, accounts: { alice } };
  }

  async function besiege(
    target: Fixture,
    condition: Condition,
    changes: Partial<ScenarioDefinition> = {},
    runs = 40,
  ): Promise<string> {
    const { siege } = theFork().connection;
    const result = await siege.run(
      target,
      siege.scenario({
        name: "what people suffer",
        blocks: 8,
        assets: { USDC: { price: 1, token: theFork().addresses.usdc } },
        agents: [attacker({ capital: { USDC: 10_000 } })],
        accounts: target.accounts,
        conditions: [condition],
        ...changes,
      }),
      { runs },
    );
    if (result.kind === "incomplete") throw result.error ?? new Error(result.reason);
    if (result.kind !== "violation") return result.kind;
    expect((await siege.replay(result.finding.reproduction ?? "")).kind).to.equal("violation");
    return renderFailure(result);
  }

  /** The same of a search that finds nothing, which is shorter here than in test/deep. */
  async function survives(
    target: Fixture,
    condition: Condition,
    changes: Partial<ScenarioDefinition> = {},
    whole = 40,
    short?: number,
  ): Promise<string> {
    return besiege(target, condition, changes, runsOf(whole, short));
  }

  /** A market in which ether goes from 2,000 dollars to another price. */
  function marketOf(price: number): Partial<ScenarioDefinition> {
    const { weth, usdc, chainlink: feeds } = theFork().addresses;
    return {
      assets: { ETH: { token: weth, process: path([price], 2_000) }, USDC: { price: 1, token: usdc } },
      oracles: [chainlink(feeds.ethUsd, { asset: "ETH" })],
      agents: [retail({ capital: { ETH: 10 }, only: ["target.deposit"] })],
    };
  }

  describe("liveness", () => {
    const withdraw = { function: "withdraw", args: [{ view: "balanceOf" }] };

    it("notices that nobody can withdraw any longer, why, and since when", async () => {
      const target = await withSaver("StrictBank", [zeroAddress]);
      const condition = liveness({ ...withdraw, accounts: ["alice"], within: { seconds: 60 } });
      expect(await besiege(target, condition)).to.match(
        /alice cannot call withdraw\(1,000,000,000\): it reverts \(WrongBooks\(1,[\d,]+, 1,000,000,000\)\), in every block since/,
      );
    });

    it("holds for the twin: who has nothing needs nothing, and a lock of one's own may be waited for", async () => {
      const target = await withSaver("StrictBankFixed", [zeroAddress]);
      expect(await survives(target, liveness({ ...withdraw, within: { seconds: 60 } }))).to.equal("survived");
      expect(await survives(target, liveness({ ...withdraw, errors: ["Locked"] }), {}, 40, 10)).to.equal("survived");
    });

    it("a lock that the option does not allow for is a violation", async () => {
      const target = await withSaver("StrictBankFixed", [zeroAddress]);
      const report = await besiege(target, liveness({ ...withdraw, accounts: ["attacker"] }));
      expect(report).to.match(/attacker cannot call withdraw\(.*\): it reverts \(Locked\([\d,]+\)\)/);
    });

    it("a pause by the owner is excused only if that is said", async () => {
      const target = await withSaver("StrictBankFixed", [agentAddress("owner")]);
      const owner = defineAgent({
        name: "owner",
        role: "owner",
        act: ({ view, submit }) => {
          if (view.block !== 4) return;
          submit(call({ address: target.address, abi: target.abi, functionName: "pause", args: [true] }));
        },
      });
      const agents = [owner, retail({ capital: { USDC: 1_000 } })];
      const withdraws = { ...withdraw, accounts: ["alice"], within: { seconds: 36 } };
      expect(await besiege(target, liveness(withdraws), { agents }, 5)).to.match(
        /alice cannot call withdraw\(1,000,000,000\): it reverts \(Paused\(\)\), in every block since block 4 \(36 seconds allowed\)/,
      );
      await theFork().forget();
      expect(await besiege(target, liveness({ ...withdraws, unless: "paused" }), { agents }, 5)).to.equal("survived");
    });

    it("a debt can be repaid by who has spent the loan", async () => {
      const loan = await deployWholeLoan(theFork(), "WholeLoanFixed");
      const fork = theFork();
      await give(fork, "USDC", loan.accounts.alice!, 0);
      const repay = { function: "repay", args: [{ view: "debtOf" }] };
      const market = marketOf(2_000);
      expect(await besiege(loan, liveness({ ...repay, pays: "USDC" }), market, 5)).to.equal("survived");
      await failsWith("BROKEN_AT_START", () => besiege(loan, liveness(repay), market, 5));
    });
  });

  describe("liveness of a view that takes more than the account", () => {
    async function besiegeDebts(contract: string, runs: number, short?: number): Promise<string> {
      const fork = theFork();
      const { usdc, weth } = fork.addresses;
      const target = await deployed(contract, [usdc, weth]);
      await give(fork, "USDC", target.address, 1_000);
      await give(fork, "WETH", target.address, 1);
      const condition = liveness({
        function: "repay",
        args: [weth, { view: "debtOf", args: [weth, "account"] }],
        pays: "ETH",
      });
      const changes = { ...marketOf(2_000), agents: [retail({ only: ["target.*"] })] };
      return survives(target, condition, changes, runs, short);
    }

    it("a debt in one of several tokens can no longer be repaid", async () => {
      expect(await besiegeDebts("TwoDebts", 20)).to.match(
        /retail cannot call repay\(0x\w+, [\d,]+\): it reverts \(panic: arithmetic overflow or underflow\)/,
      );
    });

    it("holds for the twin", async () => {
      expect(await besiegeDebts("TwoDebtsFixed", 20, 10)).to.equal("survived");
    });
  });

  describe("fairShare", () => {
    it("notices that others take from who does nothing", async () => {
      const target = await withSaver("FeeVault", [agentAddress("manager")], [0]);
      const report = await besiege(target, fairShare());
      expect(report).to.match(/alice, who did nothing, has [\d.]+ USDC of 1,000 USDC left \(lost [\d.]+ %\)/);
    });

    it("holds for the twin, whatever its fees and roundings", async () => {
      const target = await withSaver("FeeVaultFixed", [agentAddress("manager")], [0]);
      const agents = [attacker({ capital: { USDC: 10_000 } }), retail({ capital: { USDC: 1_000 } })];
      expect(await survives(target, fairShare({ tolerance: 0 }), { agents })).to.equal("survived");
      expect(await survives(target, sound(), { agents }, 40, 10)).to.equal("survived");
    });

    it("an honest loss is excused only if that is said", async () => {
      const target = await withSaver("FeeVaultFixed", [agentAddress("manager")], [0]);
      const manager = defineAgent({
        name: "manager",
        role: "manager",
        act: ({ view, submit }) => {
          if (view.block !== 3) return;
          submit(call({ address: target.address, abi: target.abi, functionName: "report", args: [100_000_000n] }));
        },
      });
      const agents: readonly Agent[] = [manager, retail({ capital: { USDC: 1_000 } })];
      expect(await besiege(target, fairShare(), { agents }, 5)).to.match(/alice, who did nothing, has 9\d\d/);
      await theFork().forget();
      expect(await survives(target, fairShare({ losses: "totalLosses" }), { agents }, 20, 10)).to.equal("survived");
    });

    it("does not count what the market takes", async () => {
      const fork = theFork();
      const vault = await deployHarvestVault(fork, "fixed");
      const saver = await person(fork, "saver");
      const market = {
        assets: {
          ETH: { token: fork.addresses.weth, process: shock({ drop: 0.5 }) },
          USDC: { price: 1, token: fork.addresses.usdc },
        },
        oracles: [chainlink(fork.addresses.chainlink.ethUsd, { asset: "ETH" })],
        accounts: { saver },
        agents: [retail({ capital: { USDC: 1_000 } })],
      };
      expect(await besiege(vault, fairShare(), market, 10)).to.equal("survived");
    });

    it("does not guess what the market takes from what is kept elsewhere, but notices more than that", async () => {
      const fork = theFork();
      const { weth, chainlink: feeds } = fork.addresses;
      const besieged = async (contract: string): Promise<string> => {
        await fork.forget();
        // a deposit in a vault that has something already would buy nothing
        await give(fork, "WETH", agentAddress("strategy"), 0);
        const vault = await withSaver(contract, [weth, feeds.ethUsd, agentAddress("strategy")], [0]);
        const market = marketOf(1_600);
        // half of what the vault has
        await give(fork, "WETH", agentAddress("strategy"), 0.5);
        return besiege(vault, fairShare(), { ...market, agents: [attacker({ capital: { USDC: 10 } })] }, 20);
      };
      expect(await besieged("ElsewhereVaultFixed")).to.equal("survived");
      expect(await besieged("ElsewhereVault")).to.match(/alice, who did nothing, has .* left/);
    });

    it("all that an account owns, at fair prices: a router that takes what it was approved for", async () => {
      expect(await besiege(await withSaver("OpenRouter"), fairShare({ claim: "fair" }))).to.match(
        /alice, who did nothing, has \$[\d,.]+ of \$[\d,.]+ left/,
      );
      await theFork().forget();
      expect(await survives(await withSaver("OpenRouterFixed"), fairShare({ claim: "fair" }))).to.equal("survived");
    });
  });

  describe("liquidatable", () => {
    const condition = liquidatable({
      liquidate: "liquidate",
      health: { function: "isLiquidatable", is: true },
      debt: { function: "debtOf", asset: "USDC" },
      collateral: { function: "collateralOf", asset: "ETH" },
    });

    /** Ether falls by a third. */
    async function afterFall(contract: Parameters<typeof deployWholeLoan>[1]): Promise<string> {
      return besiege(await deployWholeLoan(theFork(), contract), condition, marketOf(1_340), 10);
    }

    it("notices that a position under water cannot be liquidated", async () => {
      expect(await afterFall("WholeLoan")).to.match(
        /alice owes \$14,800.00 against \$15,520.00, and cannot be liquidated: liquidate reverts \(panic: arithmetic overflow or underflow\)/,
      );
    });

    it("notices that it costs a liquidator money", async () => {
      expect(await afterFall("GreedyLoan")).to.match(/alice owes .*, but its liquidation costs a liquidator \$1,4\d\d/);
    });

    it("holds for the twin", async () => {
      expect(await afterFall("WholeLoanFixed")).to.equal("survived");
    });

    it("in a lending market: while its feed is late, a liquidator pays more than the collateral is worth", async () => {
      const fork = theFork();
      const { weth, usdc, chainlink: feeds, aaveV3: aave } = fork.addresses;
      const bank = await withSaver("StrictBankFixed", [zeroAddress]);
      const market: Partial<ScenarioDefinition> = {
        assets: {
          ETH: { token: weth, process: path([1_880, 1_880, 1_500], 2_000) },
          USDC: { price: 1, token: usdc },
        },
        protocols: { aave: aaveV3(aave.addressesProvider) },
        oracles: [chainlink(feeds.ethUsd, { asset: "ETH" })],
        agents: [retail({ capital: { USDC: 1_000 } })],
        accounts: { borrower: ACCOUNTS.alice },
      };
      expect(await besiege(bank, liquidatable(), market, 5)).to.equal("survived");
      const late = { ...market, oracleFaults: { maxDelayBlocks: 4 } };
      expect(await besiege(bank, liquidatable(), late, 60)).to.match(
        /borrower owes \$158,\d+.* against \$18\d,.*, but its liquidation costs a liquidator/,
      );
      await theFork().forget();
      expect(await survives(bank, liquidatable({ within: 6 }), late, 20, 10)).to.equal("survived");
    });
  });
});
