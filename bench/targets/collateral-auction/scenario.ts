import { attacker, retail } from "hardhat-siege/agents";
import { invariants } from "hardhat-siege/conditions";
import { shock } from "hardhat-siege/market";
import { chainlink } from "hardhat-siege/oracles";
import { defineScenario } from "hardhat-siege/scenario";
import { parseEther, parseUnits } from "viem";

export const collateralAuction = (contract: string) =>
  defineScenario(async ({ viem, siege }) => {
    const weth = await viem.deployContract("GavelLoansWeth");
    const usdc = await viem.deployContract("GavelLoansUsdc");
    const feed = await viem.deployContract("GavelLoansEthUsd", [parseUnits("2500", 8)]);
    const loans = await viem.deployContract(contract, [weth.address, usdc.address, feed.address]);
    const checker = await viem.deployContract("GavelLoansInvariants", [loans.address]);
    const [owner, ann, bob, cid] = await viem.getWalletClients();
    await usdc.write.mint([owner.account.address, parseUnits("5000000", 6)]);
    await usdc.write.approve([loans.address, parseUnits("5000000", 6)]);
    await loans.write.fund([parseUnits("5000000", 6)]);
    for (const [client, collateral, debt] of [
      [ann, "400", "650000"],
      [bob, "600", "600000"],
      [cid, "250", "420000"],
    ] as const) {
      await weth.write.mint([client.account.address, parseEther(collateral)]);
      await weth.write.approve([loans.address, parseEther(collateral)], { account: client.account });
      await loans.write.deposit([parseEther(collateral)], { account: client.account });
      await loans.write.borrow([parseUnits(debt, 6)], { account: client.account });
    }
    return {
      target: loans,
      scenario: siege.scenario({
        name: "loans and auctions while ether falls by up to 30 %",
        blocks: 20,
        blockTime: 720,
        assets: {
          ETH: { token: weth.address, price: 2_500, process: shock({ drop: 0.3, over: 2, between: [1, 10] }) },
          USDC: { token: usdc.address, price: 1 },
        },
        oracles: [chainlink(feed.address, { asset: "ETH" })],
        accounts: { ann: ann.account.address, bob: bob.account.address, cid: cid.account.address },
        agents: [
          retail({ capital: { ETH: 20, USDC: 20_000 } }),
          attacker({ capital: { ETH: 100, USDC: 500_000 } }),
        ],
        conditions: [invariants(checker)],
      }),
    };
  });
