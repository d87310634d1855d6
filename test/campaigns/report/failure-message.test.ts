import type { SiegeFork } from "../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../mini-mainnet/fork-source.js";

import { AssertionError, expect } from "chai";

import { deployCoupledVault } from "../../fixtures/coupled-vault.js";
import { fallInSilence, spotPriceManipulation } from "../../fixtures/scenarios.js";
import { deploySpotLendingVault } from "../../fixtures/spot-lending-vault.js";
import { createSiegeFork } from "../../helpers/siege-fork.js";
import { miniMainnetSource } from "../../mini-mainnet/fork-source.js";

/** The message is the product: these are snapshots, and a change of them is a change that users see. */
describe("the failure message", () => {
  let source: MiniMainnetSource;
  let fork: SiegeFork;

  before(async () => {
    source = await miniMainnetSource();
  });
  beforeEach(async () => {
    fork = await createSiegeFork(source);
  });
  afterEach(() => fork.close());
  after(() => source.close());

  async function messageOf(assertion: () => Promise<void>): Promise<string> {
    try {
      await assertion();
    } catch (error) {
      expect(error).to.be.instanceOf(AssertionError);
      return (
        (error as Error).message
          // what differs from run to run: the folder of this test, and the time it took
          .replaceAll(/siege replay \S*\/([\w-]+\.json)/g, "siege replay siege/reproductions/$1")
          .replaceAll(/[\d.]+ s$/gm, "0.0 s")
      );
    }
    throw new Error("the assertion passed");
  }

  it("shows the smallest attack on a vault that trusts a spot price", async () => {
    const { siege } = fork.connection;
    const vault = await deploySpotLendingVault(fork, "flawed");
    const scenario = siege.scenario(spotPriceManipulation(fork));
    const message = await messageOf(() => expect(vault).toSurviveScenario(scenario));
    expect(message).to.equal(`SpotLendingVault did not survive "an attacker with 6 M USDC against a pool of 2 M"

  violated   noBadDebt: bad debt $1.05: attacker owes $33.05 against $32.00
  as found   bad debt $761,555.12: attacker owes $842,482.67 against $80,927.55
  harm       at worst, with these steps, bad debt $1,000,000.00; deposit pays 500 WETH; swapExactTokensForTokens pays 5,126,519.6 USDC; borrow gets 2,000,000 USDC
  when       block 1 of 30, 3 steps (from 31; every one is needed)

  1  block 1  attacker  SpotLendingVault.deposit(0.016 WETH)                      pays 0.016 WETH
  2  block 1  attacker  pool router.swapExactTokensForTokens(430,000 USDC, 0 WETH, [USDC, WETH], attacker, max)
                                                                                  pays 430,000 USDC, gets 176.5 WETH
  3  block 1  attacker  SpotLendingVault.borrow(34 USDC)                          gets 33.05 USDC

  coupling   SpotLendingVault.sol:43 price(): also in 1 of 3 nearest survivors
             SpotLendingVault.sol:22 _maxLtv(): also in 1 of 3 nearest survivors
             MarginEngine.sol:116 borrowLimit(): also in 1 of 3 nearest survivors
  replay     npx hardhat siege replay siege/reproductions/spot-lending-vault-bd999df4.json
  calls      9 of 9 functions that agents call succeeded at least once
  seed 1, run 3, fork block 78, 317 runs in total, 0.0 s`);
  });

  it("shows a price fall with its threshold, a silent feed, and that both are needed", async () => {
    const { siege } = fork.connection;
    const vault = await deployCoupledVault(fork, "flawed");
    const scenario = siege.scenario(fallInSilence(fork));
    const message = await messageOf(() => expect(vault).toSurviveScenario(scenario));
    expect(message).to
      .equal(`CoupledVault did not survive "ether falls by up to 35 % before loans, the feed is silent for up to 6 hours"

  violated   noBadDebt: bad debt $1.01: attacker owes $5.44 against $4.43
  as found   bad debt $29,999.93: attacker owes $160,000.00 against $130,000.07
  harm       at worst, with these steps, bad debt $29,600.00; deposit pays 100 WETH; borrow gets 160,000 USDC
  when       block 11 of 18, 4 steps (from 42; every one is needed)

  1  block  8  market    ETH falls 34.8 %                   (34.7 % survives)
  2  block  8  ETH feed  publishes nothing for 4 blocks
  3  block 11  attacker  CoupledVault.deposit(0.0034 WETH)  pays 0.0034 WETH
  4  block 11  attacker  CoupledVault.borrow(5.5 USDC)      gets 5.44 USDC

  coupling   calls, a price move and a silent oracle together; without any one of them the target survives
             MarginEngine.sol:142 _pay(): also in 3 of 5 nearest survivors; opened by: ETH feed publishes nothing for 4 blocks
             MarginEngine.sol:121 liquidity(): also in 3 of 5 nearest survivors; opened by: ETH feed publishes nothing for 4 blocks
             CoupledVault.sol:49 price(): also in 3 of 5 nearest survivors
  replay     npx hardhat siege replay siege/reproductions/coupled-vault-db4a6bf4.json
  calls      4 of 5 functions that agents call succeeded at least once
             never:
             attacker  target.liquidate  tried 2  Healthy() (2)
  reached    price of ETH $1,300.00 to $2,000.00, 6 price moves, 3 oracle faults
  seed 1, run 3, fork block 78, 214 runs in total, 0.0 s`);
  });

  it("is absent if the target survives, and .not says so", async () => {
    const { siege } = fork.connection;
    const vault = await deploySpotLendingVault(fork, "fixed");
    const scenario = siege.scenario(spotPriceManipulation(fork));
    await expect(vault).toSurviveScenario(scenario, { runs: 2 });
    const message = await messageOf(() => expect(vault).not.toSurviveScenario(scenario, { runs: 2 }));
    expect(message).to.equal(
      'SpotLendingVaultFixed survived "an attacker with 6 M USDC against a pool of 2 M" in 2 runs with seed 1, but was expected not to.',
    );
  });
});
