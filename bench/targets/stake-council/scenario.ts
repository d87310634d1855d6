import { attacker } from "hardhat-siege/agents";
import { invariants, unprofitableToAttack } from "hardhat-siege/conditions";
import { defineScenario } from "hardhat-siege/scenario";
import { parseEther, parseUnits, zeroAddress } from "viem";

const usd = (amount: string) => parseUnits(amount, 6);

export const stakeCouncil = (name: "StakeCouncil" | "StakeCouncilFixed") =>
  defineScenario(async ({ viem, siege }) => {
    const [, alice, bob, carol, dave] = await viem.getWalletClients();
    const client = await viem.getTestClient();
    const token = await viem.deployContract("StakeCouncilToken");
    const usdc = await viem.deployContract("StakeCouncilUsdc");
    const council = await viem.deployContract(name as "StakeCouncil", [token.address, usdc.address]);
    const checks = await viem.deployContract("StakeCouncilChecks", [council.address]);

    await usdc.write.transfer([council.address, usd("8000000")]);
    const stakes = [
      [alice, "3500000"],
      [bob, "2500000"],
      [carol, "1500000"],
      [dave, "500000"],
    ] as const;
    for (const [{ account }, amount] of stakes) {
      await token.write.transfer([account.address, parseEther(amount)]);
      await token.write.approve([council.address, parseEther(amount)], { account });
      await council.write.stake([parseEther(amount)], { account });
    }
    await council.write.delegate([bob.account.address], { account: dave.account });
    await council.write.delegate([zeroAddress], { account: carol.account });
    await client.increaseTime({ seconds: 86_400 });
    await council.write.propose([dave.account.address, usd("120000"), "audit"], { account: bob.account });
    await council.write.vote([0n, true], { account: bob.account });
    await council.write.vote([0n, true], { account: alice.account });
    await client.increaseTime({ seconds: 3 * 86_400 });
    await council.write.execute([0n]);
    await council.write.propose([carol.account.address, usd("300000"), "front end"], { account: carol.account });
    await council.write.vote([1n, true], { account: carol.account });
    await council.write.requestExit([parseEther("250000")], { account: bob.account });

    const scenario = siege.scenario({
      name: "a week of the council",
      blocks: 28,
      blockTime: 21_600,
      assets: { COUNCIL: { token: token.address, price: 2 }, USDC: { token: usdc.address, price: 1 } },
      agents: [
        attacker({ name: "attacker", capital: { COUNCIL: 400_000, USDC: 50_000 } }),
        attacker({ name: "attacker's friend", capital: { COUNCIL: 200_000, USDC: 50_000 } }),
      ],
      accounts: {
        alice: alice.account.address,
        bob: bob.account.address,
        carol: carol.account.address,
        dave: dave.account.address,
      },
      conditions: [invariants(checks), unprofitableToAttack()],
    });
    return { target: council, scenario };
  });
