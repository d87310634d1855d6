import { attacker, retail } from "hardhat-siege/agents";
import { invariants } from "hardhat-siege/conditions";
import { shock } from "hardhat-siege/market";
import { chainlink } from "hardhat-siege/oracles";
import { defineScenario } from "hardhat-siege/scenario";
import { parseEther, parseUnits } from "viem";

const usd = (amount: string) => parseUnits(amount, 6);

export const etherMarket = (name: "EtherMarket" | "EtherMarketFixed") =>
  defineScenario(async ({ viem, siege }) => {
    const [, alice, bob, carol] = await viem.getWalletClients();
    const usdc = await viem.deployContract("EtherMarketUsdc");
    const feed = await viem.deployContract("EtherMarketFeed", [3_000n * 10n ** 8n]);
    const market = await viem.deployContract(name as "EtherMarket", [usdc.address, feed.address]);
    const checks = await viem.deployContract("EtherMarketChecks", [market.address]);

    await usdc.write.transfer([alice.account.address, usd("6000000")]);
    await usdc.write.approve([market.address, usd("6000000")], { account: alice.account });
    await market.write.supply([usd("5000000")], { account: alice.account });
    await market.write.addCollateral({ account: bob.account, value: parseEther("800") });
    await market.write.borrow([usd("1300000")], { account: bob.account });
    await market.write.addCollateral({ account: carol.account, value: parseEther("250") });
    await market.write.borrow([usd("520000")], { account: carol.account });

    const scenario = siege.scenario({
      name: "a fall of ether by up to 15 %, in an ordinary market",
      blocks: 20,
      blockTime: 600,
      assets: {
        ETH: { native: true, process: shock({ drop: 0.15, over: 3 }) },
        USDC: { token: usdc.address, price: 1 },
      },
      oracles: [chainlink(feed.address, { asset: "ETH" })],
      agents: [retail({ capital: { USDC: 200_000 } }), attacker({ capital: { USDC: 500_000 } })],
      accounts: { alice: alice.account.address, bob: bob.account.address, carol: carol.account.address },
      conditions: [invariants(checks)],
    });
    return { target: market, scenario };
  });
