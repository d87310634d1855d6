import type { HardhatViemHelpers } from "@nomicfoundation/hardhat-viem/types";
import { attacker } from "hardhat-siege/agents";
import { invariants } from "hardhat-siege/conditions";
import { erc4626 } from "hardhat-siege/protocols";
import { defineScenario } from "hardhat-siege/scenario";

export type Name = "VaultLoans" | "VaultLoansFixed";
const ONE = 10n ** 18n;

export async function deploy(viem: HardhatViemHelpers, name: Name) {
  const [, alice, bob] = await viem.getWalletClients();
  const dai = await viem.deployContract("VaultLoansDai");
  const established = await viem.deployContract("VaultLoansVault", [dai.address, "svDAI"]);
  const launched = await viem.deployContract("VaultLoansVault", [dai.address, "svDAI-2"]);
  const loans = await viem.deployContract(name as "VaultLoans");
  const dollar = await viem.getContractAt("VaultLoansDollar", await loans.read.dollar());
  for (const { account } of [alice!, bob!]) {
    await dai.write.mint([account.address, 3_000_000n * ONE]);
    await dai.write.approve([established.address, 2n ** 256n - 1n], { account });
    await established.write.approve([loans.address, 2n ** 256n - 1n], { account });
    await established.write.deposit([3_000_000n * ONE, account.address], { account });
  }
  await dai.write.mint([established.address, 150_000n * ONE]); // interest of the past months
  await loans.write.addMarket([established.address, 4_000_000n * ONE]);
  await loans.write.addCollateral([0n, 1_500_000n * ONE], { account: alice!.account });
  await loans.write.borrow([0n, 1_200_000n * ONE], { account: alice!.account });
  await loans.write.addMarket([launched.address, 2_000_000n * ONE]); // opens today
  return { dai, established, launched, loans, dollar };
}

export const scenarioFor = (name: Name) =>
  defineScenario(async ({ viem, siege }) => {
    const { dai, established, launched, loans, dollar } = await deploy(viem, name);
    return {
      target: loans,
      scenario: siege.scenario({
        name: "a second vault is listed as collateral",
        blocks: 16,
        blockTime: 600,
        assets: { DAI: { price: 1, token: dai.address }, qUSD: { price: 1, token: dollar.address } },
        protocols: { established: erc4626(established.address), launched: erc4626(launched.address) },
        agents: [attacker({ capital: { DAI: 100_000 } })],
        conditions: [invariants(loans)],
      }),
    };
  });
