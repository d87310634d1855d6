import type { Token } from "hardhat-siege/protocols";
import type { Address } from "viem";
import { attacker, retail } from "hardhat-siege/agents";
import { invariants } from "hardhat-siege/conditions";
import { shock } from "hardhat-siege/market";
import { chainlink } from "hardhat-siege/oracles";
import { call, defineProtocol, fraction, map, read } from "hardhat-siege/protocols";
import { defineScenario } from "hardhat-siege/scenario";
import { parseAbi, parseEther, parseUnits } from "viem";

const usd = (amount: string) => parseUnits(amount, 6);

const poolAbi = parseAbi([
  "function weth() view returns (address)",
  "function rate() view returns (uint256)",
  "function deposit(uint256 amount)",
  "function redeem(uint256 shares)",
]);

interface Facts {
  readonly address: Address;
  readonly weth: Token;
  readonly share: Token;
}

/** The pool of staked ether, which anyone may enter and leave. */
const stakingPool = defineProtocol<undefined, Facts, Facts & { readonly rate: bigint }>({
  kind: "stakingPool",
  inspect: async ({ read: ask, token }, address) => ({
    address,
    weth: await token(await ask(read({ address, abi: poolAbi, functionName: "weth" }))),
    share: await token(address),
  }),
  tokens: ({ weth, share }) => [weth, share],
  approvals: ({ address, weth }) => [{ token: weth.address, spender: address }],
  observe: (facts) =>
    map(read({ address: facts.address, abi: poolAbi, functionName: "rate" }), (rate) => ({ ...facts, rate })),
  actions: ({ address, weth, share }) => [
    {
      name: "deposit",
      operands: 1,
      ordinary: true,
      build: ([part = 0], { balance }) => {
        const amount = fraction(part, balance(weth.address));
        if (amount === 0n) return undefined;
        return call({ address, abi: poolAbi, functionName: "deposit", args: [amount] });
      },
    },
    {
      name: "redeem",
      operands: 1,
      ordinary: true,
      build: ([part = 0], { balance }) => {
        const shares = fraction(part, balance(share.address));
        if (shares === 0n) return undefined;
        return call({ address, abi: poolAbi, functionName: "redeem", args: [shares] });
      },
    },
  ],
});

export const stakedEtherMarket = (name: "StakedEtherMarket" | "StakedEtherMarketFixed") =>
  defineScenario(async ({ viem, siege }) => {
    const [, alice, bob, carol] = await viem.getWalletClients();
    const usdc = await viem.deployContract("StakedEtherMarketUsdc");
    const weth = await viem.deployContract("StakedEtherMarketWeth");
    const pool = await viem.deployContract("StakedEtherMarketPool", [weth.address]);
    const feed = await viem.deployContract("StakedEtherMarketFeed", [3_000n * 10n ** 8n]);
    const market = await viem.deployContract(name as "StakedEtherMarket", [usdc.address, pool.address, feed.address]);
    const checks = await viem.deployContract("StakedEtherMarketChecks", [market.address]);

    await usdc.write.transfer([alice.account.address, usd("4000000")]);
    await usdc.write.approve([market.address, usd("4000000")], { account: alice.account });
    await market.write.supply([usd("4000000")], { account: alice.account });
    for (const { account } of [alice, bob, carol]) {
      await weth.write.deposit({ account, value: parseEther("300") });
      await weth.write.approve([pool.address, parseEther("300")], { account });
      await pool.write.deposit([parseEther("300")], { account });
      await pool.write.approve([market.address, parseEther("300")], { account });
    }
    await pool.write.addRewards({ value: parseEther("18") });
    await market.write.addCollateral([parseEther("300")], { account: bob.account });
    await market.write.borrow([usd("540000")], { account: bob.account });
    await market.write.addCollateral([parseEther("200")], { account: carol.account });
    await market.write.borrow([usd("425000")], { account: carol.account });

    const scenario = siege.scenario({
      name: "a fall of ether by up to 15 %, with loans against staked ether",
      blocks: 20,
      blockTime: 600,
      assets: {
        ETH: { token: weth.address, process: shock({ drop: 0.15, over: 3 }) },
        USDC: { token: usdc.address, price: 1 },
      },
      protocols: { pool: stakingPool(pool.address) },
      oracles: [chainlink(feed.address, { asset: "ETH" })],
      agents: [
        retail({ capital: { ETH: 50, USDC: 200_000 } }),
        attacker({ capital: { ETH: 1_000, USDC: 500_000 } }),
      ],
      accounts: { alice: alice.account.address, bob: bob.account.address, carol: carol.account.address },
      conditions: [invariants(checks)],
    });
    return { target: market, scenario };
  });
