import { attacker } from "hardhat-siege/agents";
import { invariants } from "hardhat-siege/conditions";
import { shock } from "hardhat-siege/market";
import { chainlink } from "hardhat-siege/oracles";
import { defineScenario } from "hardhat-siege/scenario";
import { parseEther } from "viem";

const usdc = (amount: number) => BigInt(amount) * 10n ** 6n;
const DAY = 86_400n;

export const scenarioOf = (name: "DeedAuction" | "DeedAuctionFixed") =>
  defineScenario(async ({ viem, siege }) => {
    const [notary, alice, bob, carol] = await viem.getWalletClients();
    const weth = await viem.deployContract("DeedAuctionToken", ["Wrapped Ether", "WETH", 18]);
    const money = await viem.deployContract("DeedAuctionToken", ["USD Coin", "USDC", 6]);
    const feed = await viem.deployContract("DeedAuctionFeed", [2_500n * 10n ** 8n]);
    const auction = await viem.deployContract(name, [
      money.address,
      weth.address,
      feed.address,
      notary.account.address,
    ]);
    for (const { account } of [alice, bob, carol]) {
      await weth.write.mint([account.address, parseEther("900")]);
      await money.write.mint([account.address, usdc(3_000_000)]);
      await weth.write.approve([auction.address, parseEther("900")], { account });
      await money.write.approve([auction.address, usdc(3_000_000)], { account });
    }
    await auction.write.list([usdc(1_100_000), 2n * DAY]);
    await auction.write.list([usdc(400_000), 3n * DAY]);
    await auction.write.list([usdc(150_000), 5n * DAY]);
    await auction.write.bid([0n, true, parseEther("450")], { account: carol.account });
    await auction.write.bid([0n, false, usdc(1_210_000)], { account: alice.account });
    await auction.write.bid([1n, false, usdc(405_000)], { account: bob.account });

    return {
      target: auction,
      scenario: siege.scenario({
        name: "a day of bids while ether falls",
        blocks: 24,
        blockTime: 3_600,
        assets: {
          ETH: { price: 2_500, token: weth.address, process: shock({ drop: 0.25, over: 3 }) },
          USDC: { price: 1, token: money.address },
        },
        oracles: [chainlink(feed.address, { asset: "ETH" })],
        accounts: { alice: alice.account.address, bob: bob.account.address, carol: carol.account.address },
        agents: [
          attacker({ name: "bidder", capital: { ETH: 200, USDC: 600_000 } }),
          attacker({ capital: { ETH: 300, USDC: 800_000 } }),
        ],
        conditions: [invariants(auction)],
      }),
    };
  });
