import { attacker } from "hardhat-siege/agents";
import { invariants } from "hardhat-siege/conditions";
import { defineScenario } from "hardhat-siege/scenario";
import { parseEther } from "viem";

const usdc = (amount: number) => BigInt(amount) * 10n ** 6n;
const DAY = 86_400n;

export const scenarioOf = (name: "DescendingSale" | "DescendingSaleFixed") =>
  defineScenario(async ({ viem, siege }) => {
    const clock = await viem.getTestClient();
    const chain = await viem.getPublicClient();
    const [issuer, alice, bob, carol] = await viem.getWalletClients();
    const token = await viem.deployContract("DescendingSaleToken", ["Harbour", "HRB", 18]);
    const money = await viem.deployContract("DescendingSaleToken", ["USD Coin", "USDC", 6]);
    const { timestamp } = await chain.getBlock();
    const terms = {
      supply: parseEther("1000000"),
      startPrice: 6_000_000n,
      floorPrice: 2_500_000n,
      accountCap: usdc(800_000),
      start: timestamp,
      end: timestamp + 5n * DAY,
    };
    const sale = await viem.deployContract(name, [token.address, money.address, terms]);
    await token.write.mint([sale.address, terms.supply]);

    await clock.increaseTime({ seconds: Number(2n * DAY) });
    for (const [{ account }, amount] of [
      [alice, usdc(640_000)],
      [bob, usdc(410_000)],
      [carol, usdc(95_000)],
    ] as const) {
      await money.write.mint([account.address, amount]);
      await money.write.approve([sale.address, amount], { account });
      await sale.write.commit([amount], { account });
    }

    return {
      target: sale,
      scenario: siege.scenario({
        name: "the last three days of the sale, and the day after",
        blocks: 24,
        blockTime: 4 * 3_600,
        assets: { USDC: { price: 1, token: money.address }, HRB: { price: 3.5, token: token.address } },
        accounts: {
          issuer: issuer.account.address,
          alice: alice.account.address,
          bob: bob.account.address,
          carol: carol.account.address,
        },
        agents: [
          attacker({ name: "fund", capital: { USDC: 1_000_000 } }),
          attacker({ name: "small buyer", capital: { USDC: 50_000 } }),
          attacker({ capital: { USDC: 1_000_000 } }),
        ],
        conditions: [invariants(sale)],
      }),
    };
  });
