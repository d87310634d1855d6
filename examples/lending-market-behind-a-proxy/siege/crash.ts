import type { network } from "hardhat";
import type { Scenario } from "hardhat-siege/scenario";
import type { Target } from "hardhat-siege/types";

import { attacker } from "hardhat-siege/agents";
import { noBadDebt } from "hardhat-siege/conditions";
import { shock } from "hardhat-siege/market";
import { chainlink } from "hardhat-siege/oracles";
import { getAddress, parseEther, parseUnits } from "viem";

type Connection = Awaited<ReturnType<typeof network.create>>;

/** Alice's loan of 70 % of her collateral, the most that the market gives, before ether falls by up to 28 %. */
export async function crash(
  { ethers, siege }: Connection,
  version: "LendingMarket" | "LendingMarketV2",
): Promise<{ readonly target: Target; readonly scenario: Scenario }> {
  const [owner, alice] = await ethers.getSigners();
  const weth = await ethers.deployContract("MockToken", ["WETH", 18]);
  const usdc = await ethers.deployContract("MockToken", ["USDC", 6]);
  const feed = await ethers.deployContract("MockFeed", [2_000n * 10n ** 8n]);
  const code = await ethers.deployContract("LendingMarket");
  const initialized = code.interface.encodeFunctionData("initialize", [
    await weth.getAddress(),
    await usdc.getAddress(),
    await feed.getAddress(),
    owner!.address,
  ]);
  const proxy = await ethers.deployContract("ERC1967Proxy", [await code.getAddress(), initialized]);
  const market = await ethers.getContractAt("LendingMarket", await proxy.getAddress());

  await usdc.mint(market, parseUnits("1000000", 6));
  await weth.mint(alice!, parseEther("100"));
  const wethOfAlice = await ethers.getContractAt("MockToken", weth, alice);
  const marketOfAlice = await ethers.getContractAt("LendingMarket", market, alice);
  await wethOfAlice.approve(market, parseEther("100"));
  await marketOfAlice.deposit(parseEther("100"));
  await marketOfAlice.borrow(parseUnits("140000", 6));

  if (version === "LendingMarketV2") {
    // as the owner, from which everything is deployed
    await market.upgradeToAndCall(await ethers.deployContract("LendingMarketV2"), "0x");
  }

  return {
    target: market,
    scenario: siege.scenario({
      name: "ether falls by up to 28 %, and liquidators come",
      blocks: 20,
      assets: {
        ETH: { token: getAddress(await weth.getAddress()), process: shock({ drop: 0.28 }) },
        USDC: { token: getAddress(await usdc.getAddress()), price: 1 },
      },
      oracles: [chainlink(getAddress(await feed.getAddress()), { asset: "ETH" })],
      accounts: { alice: getAddress(alice!.address) },
      agents: [attacker({ name: "liquidator", capital: { USDC: 500_000, ETH: 100 } })],
      conditions: [
        noBadDebt({
          collateral: { function: "collateralOf", asset: "ETH" },
          debt: { function: "debtOf", asset: "USDC" },
        }),
      ],
    }),
  };
}
