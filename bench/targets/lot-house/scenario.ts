import { attacker } from "hardhat-siege/agents";
import { invariants } from "hardhat-siege/conditions";
import { defineScenario } from "hardhat-siege/scenario";
import { parseEther } from "viem";

const usdc = (amount: number) => BigInt(amount) * 10n ** 6n;
const DAY = 86_400n;

export const scenarioOf = (name: "LotHouse" | "LotHouseFixed") =>
  defineScenario(async ({ viem, siege }) => {
    const [, alice, bob, carol] = await viem.getWalletClients();
    const weth = await viem.deployContract("LotHouseToken", ["Wrapped Ether", "WETH", 18]);
    const money = await viem.deployContract("LotHouseToken", ["USD Coin", "USDC", 6]);
    const house = await viem.deployContract(name, [weth.address, money.address]);

    for (const { account } of [alice, bob, carol]) {
      await weth.write.mint([account.address, parseEther("1000")]);
      await money.write.mint([account.address, usdc(2_000_000)]);
      await weth.write.approve([house.address, parseEther("1000")], { account });
      await money.write.approve([house.address, usdc(2_000_000)], { account });
    }
    await house.write.create([parseEther("620"), usdc(1_400_000), 3n * DAY], { account: alice.account });
    await house.write.create([parseEther("240"), usdc(560_000), 2n * DAY], { account: bob.account });
    await house.write.create([parseEther("85"), usdc(215_000), 7n * DAY], { account: bob.account });
    await house.write.bid([0n, usdc(900_000)], { account: carol.account });
    await house.write.bid([1n, usdc(570_000)], { account: carol.account });
    await house.write.bid([2n, usdc(40_000)], { account: alice.account });

    return {
      target: house,
      scenario: siege.scenario({
        name: "two days of auctions",
        blocks: 24,
        blockTime: 7_200,
        assets: { ETH: { price: 2_500, token: weth.address }, USDC: { price: 1, token: money.address } },
        accounts: { alice: alice.account.address, bob: bob.account.address, carol: carol.account.address },
        agents: [
          attacker({ name: "trader", capital: { ETH: 20, USDC: 100_000 } }),
          attacker({ capital: { ETH: 150, USDC: 400_000 } }),
        ],
        conditions: [invariants(house)],
      }),
    };
  });
