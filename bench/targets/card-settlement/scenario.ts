import { attacker, retail } from "hardhat-siege/agents";
import { invariants } from "hardhat-siege/conditions";
import { shock } from "hardhat-siege/market";
import { chainlink } from "hardhat-siege/oracles";
import { defineScenario } from "hardhat-siege/scenario";
import { parseEther, parseUnits } from "viem";

export const cardSettlement = (contract: string) =>
  defineScenario(async ({ viem, siege }) => {
    const weth = await viem.deployContract("SpendVaultWeth");
    const feed = await viem.deployContract("SpendVaultEthUsd", [parseUnits("2500", 8)]);
    const vault = await viem.deployContract(contract, [weth.address, feed.address]);
    const checker = await viem.deployContract("SpendVaultInvariants", [vault.address]);
    const [, ann, bob, cid, shop] = await viem.getWalletClients();
    for (const [client, amount] of [[ann, "300"], [bob, "500"], [cid, "200"]] as const) {
      await weth.write.mint([client.account.address, parseEther(amount)]);
      await weth.write.approve([vault.address, parseEther(amount)], { account: client.account });
      await vault.write.deposit([parseEther(amount)], { account: client.account });
    }
    await vault.write.authorise([shop.account.address, parseUnits("1800", 6)], { account: ann.account });
    await vault.write.authorise([shop.account.address, parseUnits("420", 6)], { account: cid.account });
    return {
      target: vault,
      scenario: siege.scenario({
        name: "card payments while ether falls by up to 25 %",
        blocks: 16,
        blockTime: 300,
        assets: { ETH: { token: weth.address, price: 2_500, process: shock({ drop: 0.25, over: 2 }) } },
        oracles: [chainlink(feed.address, { asset: "ETH" })],
        accounts: { ann: ann.account.address, bob: bob.account.address, cid: cid.account.address, shop: shop.account.address },
        agents: [retail({ capital: { ETH: 50 } }), attacker({ capital: { ETH: 100 } })],
        conditions: [invariants(checker)],
      }),
    };
  });
