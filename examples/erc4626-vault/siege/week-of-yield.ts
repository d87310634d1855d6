import type { network } from "hardhat";
import type { Scenario } from "hardhat-siege/scenario";
import type { Target } from "hardhat-siege/types";

import { attacker } from "hardhat-siege/agents";
import { sound, unprofitableToAttack } from "hardhat-siege/conditions";
import { erc4626 } from "hardhat-siege/protocols";
import { parseUnits } from "viem";

type Connection = Awaited<ReturnType<typeof network.create>>;

/** Alice's deposit, whole USDC, and what it earns a second: about 10 % a year. */
const DEPOSIT = 1_000_000;
const PER_SECOND = "0.003";

/** A vault in which Alice has had her deposit for a week, whose yield is still to be harvested, and who may come for it. */
export async function weekOfYield(
  { viem, siege }: Connection,
  contract: "YieldVault" | "YieldVaultFixed",
): Promise<{ readonly target: Target; readonly scenario: Scenario }> {
  const usdc = await viem.deployContract("MockUsdc");
  const source = await viem.deployContract("MockYield", [usdc.address, parseUnits(PER_SECOND, 6)]);
  const vault = await viem.deployContract(contract, [usdc.address, source.address]);
  await source.write.serve([vault.address]);

  const [alice] = await viem.getWalletClients();
  const amount = parseUnits(String(DEPOSIT), 6);
  await usdc.write.mint([alice!.account.address, amount]);
  await usdc.write.approve([vault.address, amount]);
  // both contracts have the function; TypeScript asks for the one that it is called on
  const { write } = await viem.getContractAt("YieldVault", vault.address);
  await write.deposit([amount, alice!.account.address]);

  return {
    target: vault,
    scenario: siege.scenario({
      name: "a week of yield is to be harvested",
      blocks: 12,
      assets: { USDC: { price: 1, token: usdc.address } },
      protocols: { vault: erc4626(vault.address) },
      accounts: { alice: alice!.account.address },
      agents: [attacker({ capital: { USDC: 1_000_000 } })],
      conditions: [sound(), unprofitableToAttack({ threshold: 10 })],
    }),
  };
}
