import { attacker, retail } from "hardhat-siege/agents";
import { noBadDebt } from "hardhat-siege/conditions";
import { defineScenario } from "hardhat-siege/scenario";
import { parseEther, parseUnits } from "viem";

export const twapCredit = (contract: string) =>
  defineScenario(async ({ viem, siege }) => {
    const grv = await viem.deployContract("GroveCreditGrv");
    const usdc = await viem.deployContract("GroveCreditUsdc");
    const credit = await viem.deployContract(contract, [grv.address, usdc.address]);
    const clock = await viem.getTestClient();
    const [treasury, ann, bob] = await viem.getWalletClients();
    for (const client of [treasury, ann, bob]) {
      await grv.write.mint([client.account.address, parseEther("1000000")]);
      await usdc.write.mint([client.account.address, parseUnits("5000000", 6)]);
      await grv.write.approve([credit.address, 2n ** 255n], { account: client.account });
      await usdc.write.approve([credit.address, 2n ** 255n], { account: client.account });
    }
    await credit.write.addLiquidity([parseEther("1000000"), parseUnits("2000000", 6)]);
    await credit.write.fund([parseUnits("3000000", 6)]);
    await clock.increaseTime({ seconds: 3_600 });
    await credit.write.observe();
    await credit.write.depositCollateral([parseEther("400000")], { account: ann.account });
    await credit.write.borrow([parseUnits("250000", 6)], { account: ann.account });
    await clock.increaseTime({ seconds: 1_200 });
    await credit.write.swap([false, parseUnits("12000", 6), 0n], { account: bob.account });
    await clock.increaseTime({ seconds: 200 });
    await credit.write.swap([true, parseEther("5950"), 0n], { account: bob.account });
    await credit.write.depositCollateral([parseEther("150000")], { account: bob.account });
    await credit.write.borrow([parseUnits("90000", 6)], { account: bob.account });
    await clock.increaseTime({ seconds: 3_000 });
    await clock.mine({ blocks: 1 });
    return {
      target: credit,
      scenario: siege.scenario({
        name: "trading and credit while GRV is at $2",
        blocks: 12,
        blockTime: 48,
        assets: { GRV: { token: grv.address, price: 2 }, USDC: { token: usdc.address, price: 1 } },
        accounts: { ann: ann.account.address, bob: bob.account.address },
        agents: [
          retail({ capital: { GRV: 20_000, USDC: 20_000 } }),
          attacker({ capital: { GRV: 100_000, USDC: 2_000_000 } }),
        ],
        conditions: [
          noBadDebt({
            collateral: { function: "collateralOf", asset: "GRV" },
            debt: { function: "debtOf", asset: "USDC" },
          }),
        ],
      }),
    };
  });
