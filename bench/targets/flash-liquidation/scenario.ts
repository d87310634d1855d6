import { attacker, retail } from "hardhat-siege/agents";
import { invariants } from "hardhat-siege/conditions";
import { shock } from "hardhat-siege/market";
import { chainlink } from "hardhat-siege/oracles";
import { defineScenario } from "hardhat-siege/scenario";
import { parseEther, parseUnits } from "viem";

export const flashLiquidation = (contract: string) =>
  defineScenario(async ({ viem, siege }) => {
    const weth = await viem.deployContract("HarborMarketWeth");
    const usdc = await viem.deployContract("HarborMarketUsdc");
    const feed = await viem.deployContract("HarborMarketEthUsd", [parseUnits("2500", 8)]);
    const market = await viem.deployContract(contract, [weth.address, usdc.address, feed.address]);
    const checker = await viem.deployContract("HarborMarketInvariants", [market.address]);
    const [owner, ann, bob, cid] = await viem.getWalletClients();
    await usdc.write.mint([owner.account.address, parseUnits("4000000", 6)]);
    await usdc.write.approve([market.address, parseUnits("4000000", 6)]);
    await market.write.fund([parseUnits("4000000", 6)]);
    for (const [client, collateral, debt] of [
      [ann, "400", "720000"],
      [bob, "700", "600000"],
      [cid, "120", "210000"],
    ] as const) {
      await weth.write.mint([client.account.address, parseEther(collateral)]);
      await weth.write.approve([market.address, parseEther(collateral)], { account: client.account });
      await market.write.deposit([parseEther(collateral)], { account: client.account });
      await market.write.borrow([parseUnits(debt, 6)], { account: client.account });
    }
    return {
      target: market,
      scenario: siege.scenario({
        name: "loans and liquidations while ether falls by up to 20 %",
        blocks: 16,
        blockTime: 60,
        assets: {
          ETH: { token: weth.address, price: 2_500, process: shock({ drop: 0.2, over: 2 }) },
          USDC: { token: usdc.address, price: 1 },
        },
        oracles: [chainlink(feed.address, { asset: "ETH" })],
        accounts: { ann: ann.account.address, bob: bob.account.address, cid: cid.account.address },
        agents: [
          retail({ capital: { ETH: 20, USDC: 20_000 } }),
          attacker({ capital: { ETH: 100, USDC: 800_000 } }),
        ],
        conditions: [invariants(checker)],
      }),
    };
  });
