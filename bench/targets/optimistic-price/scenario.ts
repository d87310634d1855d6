import { attacker, retail } from "hardhat-siege/agents";
import { noBadDebt } from "hardhat-siege/conditions";
import { defineScenario } from "hardhat-siege/scenario";
import { parseEther, parseUnits } from "viem";

export const optimisticPrice = (contract: string) =>
  defineScenario(async ({ viem, siege }) => {
    const gold = await viem.deployContract("AurumCreditGold");
    const usdc = await viem.deployContract("AurumCreditUsdc");
    const credit = await viem.deployContract(contract, [gold.address, usdc.address, parseUnits("2400", 6)]);
    const clock = await viem.getTestClient();
    const [owner, ann, bob, reporter] = await viem.getWalletClients();
    for (const client of [owner, ann, bob, reporter]) {
      await gold.write.mint([client.account.address, parseEther("1000")]);
      await usdc.write.mint([client.account.address, parseUnits("4000000", 6)]);
      await gold.write.approve([credit.address, 2n ** 255n], { account: client.account });
      await usdc.write.approve([credit.address, 2n ** 255n], { account: client.account });
    }
    await credit.write.fund([parseUnits("4000000", 6)]);
    await credit.write.depositCollateral([parseEther("700")], { account: ann.account });
    await credit.write.borrow([parseUnits("950000", 6)], { account: ann.account });
    await credit.write.depositCollateral([parseEther("250")], { account: bob.account });
    await credit.write.borrow([parseUnits("200000", 6)], { account: bob.account });
    await credit.write.report([parseUnits("2404", 6), parseUnits("5000", 6)], { account: reporter.account });
    await clock.increaseTime({ seconds: 5_400 });
    await clock.mine({ blocks: 1 });
    return {
      target: credit,
      scenario: siege.scenario({
        name: "loans and price reports within an hour, gold at $2,400",
        blocks: 12,
        blockTime: 300,
        assets: { GOLD: { token: gold.address, price: 2_400 }, USDC: { token: usdc.address, price: 1 } },
        accounts: { ann: ann.account.address, bob: bob.account.address, reporter: reporter.account.address },
        agents: [retail({ capital: { GOLD: 20, USDC: 20_000 } }), attacker({ capital: { GOLD: 100, USDC: 100_000 } })],
        conditions: [
          noBadDebt({
            collateral: { function: "collateralOf", asset: "GOLD" },
            debt: { function: "debtOf", asset: "USDC" },
          }),
        ],
      }),
    };
  });
