import type { HardhatViemHelpers } from "@nomicfoundation/hardhat-viem/types";
import { attacker, retail } from "hardhat-siege/agents";
import { sharePriceHolds, withdrawable } from "hardhat-siege/conditions";
import { erc4626 } from "hardhat-siege/protocols";
import { defineScenario } from "hardhat-siege/scenario";

export type Name = "FlashVault" | "FlashVaultFixed";
const USDC = 10n ** 6n;

export async function deploy(viem: HardhatViemHelpers, name: Name) {
  const [, alice, bob] = await viem.getWalletClients();
  const usdc = await viem.deployContract("FlashVaultUsdc");
  const vault = await viem.deployContract(name as "FlashVault", [usdc.address]);
  for (const { account } of [alice!, bob!]) {
    await usdc.write.mint([account.address, 2_500_000n * USDC]);
    await usdc.write.approve([vault.address, 2n ** 256n - 1n], { account });
    await vault.write.deposit([2_500_000n * USDC, account.address], { account });
  }
  await usdc.write.mint([vault.address, 40_000n * USDC]); // fees of the past months
  return { usdc, vault, alice: alice!.account.address, bob: bob!.account.address };
}

export const scenarioFor = (name: Name) =>
  defineScenario(async ({ viem, siege }) => {
    const { usdc, vault, alice, bob } = await deploy(viem, name);
    return {
      target: vault,
      scenario: siege.scenario({
        name: "deposits, withdrawals and flash loans",
        blocks: 12,
        assets: { USDC: { price: 1, token: usdc.address } },
        protocols: { vault: erc4626(vault.address) },
        accounts: { alice, bob },
        agents: [retail({ capital: { USDC: 50_000 } }), attacker({ capital: { USDC: 500_000 } })],
        conditions: [withdrawable(), sharePriceHolds()],
      }),
    };
  });
