import { attacker, retail } from "hardhat-siege/agents";
import { invariants } from "hardhat-siege/conditions";
import { defineScenario } from "hardhat-siege/scenario";

const usdc = (amount: number) => BigInt(amount) * 10n ** 6n;

export const scenarioOf = (name: "NoticeVault" | "NoticeVaultFixed") =>
  defineScenario(async ({ viem, siege }) => {
    const [manager, alice, bob, carol] = await viem.getWalletClients();
    const token = await viem.deployContract("NoticeVaultUsdc");
    const vault = await viem.deployContract(name, [token.address]);

    for (const [{ account }, amount] of [
      [alice, usdc(1_900_000)],
      [bob, usdc(1_100_000)],
      [carol, usdc(640_000)],
    ] as const) {
      await token.write.mint([account.address, amount]);
      await token.write.approve([vault.address, amount], { account });
      await vault.write.deposit([amount], { account });
    }
    await token.write.mint([manager.account.address, usdc(21_500)]);
    await token.write.approve([vault.address, usdc(21_500)]);
    await vault.write.payInterest([usdc(21_500)]);
    await vault.write.requestRedeem([usdc(450_000)], { account: bob.account });
    await vault.write.requestRedeem([usdc(120_000)], { account: carol.account });

    return {
      target: vault,
      scenario: siege.scenario({
        name: "ten days of deposits, notices and claims",
        blocks: 20,
        blockTime: 43_200,
        assets: { USDC: { price: 1, token: token.address } },
        accounts: { alice: alice.account.address, bob: bob.account.address, carol: carol.account.address },
        agents: [retail({ capital: { USDC: 60_000 } }), attacker({ capital: { USDC: 800_000 } })],
        conditions: [invariants(vault)],
      }),
    };
  });
