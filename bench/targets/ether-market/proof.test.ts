import { expect } from "chai";
import { network } from "hardhat";
import { encodeFunctionData, parseEther, parseUnits } from "viem";

const usd = (amount: string) => parseUnits(amount, 6);

async function attack(name: "EtherMarket" | "EtherMarketFixed") {
  const { viem } = await network.create();
  const [, alice] = await viem.getWalletClients();
  const usdc = await viem.deployContract("EtherMarketUsdc");
  const feed = await viem.deployContract("EtherMarketFeed", [3_000n * 10n ** 8n]);
  const market = await viem.deployContract(name as "EtherMarket", [usdc.address, feed.address]);
  const checks = await viem.deployContract("EtherMarketChecks", [market.address]);
  await usdc.write.transfer([alice.account.address, usd("5000000")]);
  await usdc.write.approve([market.address, usd("5000000")], { account: alice.account });
  await market.write.supply([usd("5000000")], { account: alice.account });
  expect(await checks.read.invariant_everyLoanIsBacked()).to.equal(true);

  const thief = await viem.deployContract("EtherMarketActor");
  const data = (functionName: "addCollateral" | "borrow" | "withdrawCollateral", args: readonly bigint[]) =>
    encodeFunctionData({ abi: market.abi, functionName, args } as never);
  const hundred = parseEther("100");
  await thief.write.exec([market.address, hundred, data("addCollateral", [])], { value: hundred });
  await thief.write.queue([market.address, data("borrow", [usd("209000")])]);
  await thief.write.exec([market.address, 0n, data("withdrawCollateral", [hundred])], { gas: 5_000_000n });
  return {
    holds: await checks.read.invariant_everyLoanIsBacked(),
    stolen: await usdc.read.balanceOf([thief.address]),
  };
}

describe("EtherMarket", () => {
  it("is broken by hand", async () => {
    expect(await attack("EtherMarket")).to.deep.equal({ holds: false, stolen: usd("209000") });
  });

  it("holds when fixed", async () => {
    expect(await attack("EtherMarketFixed")).to.deep.equal({ holds: true, stolen: 0n });
  });
});
