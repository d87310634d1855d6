import type { Address } from "viem";

import type { ContractCall } from "./call.js";
import type { ActionContext, ProtocolFactory, Token } from "./protocol.js";
import type { ReadPlan } from "./read-plan.js";

import { encodeFunctionData, erc20Abi, erc4626Abi } from "viem";

import { SiegeError } from "../errors.js";

import { call } from "./call.js";
import { fraction } from "./fractions.js";
import { defineProtocol } from "./protocol.js";
import { all, attempt, read } from "./read-plan.js";

/** What agents see of a vault. */
export interface Erc4626View {
  readonly address: Address;
  /** The token that it takes. */
  readonly asset: Token;
  /** Base units of the asset. */
  readonly totalAssets: bigint;
  /** Base units of the shares. */
  readonly totalSupply: bigint;
  /** What an account's shares convert to, base units of the asset; 0 for accounts that the scenario does not know. */
  assetsOf(account: Address): bigint;
  /** Deposits for the caller. @param assets - base units */
  deposit(assets: bigint, self: Address): ContractCall;
  /** Redeems the caller's shares. @param shares - base units */
  redeem(shares: bigint, self: Address): ContractCall;
}

interface Facts {
  readonly address: Address;
  readonly asset: Token;
  readonly shares: Token;
}

/**
 * An ERC-4626 vault (https://eips.ethereum.org/EIPS/eip-4626).
 *
 * Free moves: `deposit`, `mint`, `withdraw`, `redeem` for oneself, and `donate` (the asset sent to the vault directly).
 *
 * @throws SiegeError `UNSUPPORTED_PROTOCOL` if the address has no `asset()`
 */
export const erc4626: ProtocolFactory<undefined, Erc4626View> = defineProtocol<undefined, Facts, Erc4626View>({
  kind: "erc4626",
  inspect: async (context, address) => {
    const asset = await context.read(attempt(read({ address, abi: erc4626Abi, functionName: "asset" })));
    if (asset === undefined) {
      throw new SiegeError("UNSUPPORTED_PROTOCOL", {
        message: `${address} is not an ERC-4626 vault: asset() does not answer.`,
        hint: "Check the address, and that the vault exists at the fork block.",
      });
    }
    return { address, asset: await context.token(asset), shares: await context.token(address) };
  },
  tokens: ({ asset, shares }) => [asset, shares],
  approvals: ({ address, asset }) => [{ token: asset.address, spender: address }],
  observe: (facts, { accounts }) => viewPlan(facts, [...new Set(accounts.values())]),
  actions: ({ address, asset }) => {
    const own = ({ balance }: ActionContext<Erc4626View>): bigint => balance(asset.address);
    const worth = ({ view, self }: ActionContext<Erc4626View>): bigint => view.assetsOf(self);
    return [
      userAction("deposit", own, (amount, self) => deposit(address, amount, self)),
      userAction(
        "mint",
        ({ balance, view }) =>
          view.totalAssets === 0n
            ? balance(asset.address)
            : (balance(asset.address) * view.totalSupply) / view.totalAssets,
        (amount, self) => call({ address, abi: erc4626Abi, functionName: "mint", args: [amount, self] }),
      ),
      userAction("withdraw", worth, (amount, self) =>
        call({ address, abi: erc4626Abi, functionName: "withdraw", args: [amount, self, self] }),
      ),
      userAction(
        "redeem",
        ({ balance }) => balance(address),
        (amount, self) => redeem(address, amount, self),
      ),
      {
        ...userAction("donate", own, (amount) =>
          call({ address: asset.address, abi: erc20Abi, functionName: "transfer", args: [address, amount] }),
        ),
        ordinary: false,
      },
    ];
  },
  value:
    ({ asset }) =>
    (view, account, price) =>
      asset.asset === undefined ? 0 : (Number(view.assetsOf(account)) / 10 ** asset.decimals) * price(asset.asset),
});

function viewPlan({ address, asset }: Facts, accounts: readonly Address[]): ReadPlan<Erc4626View> {
  const assets = all(
    Object.fromEntries(accounts.map((account) => [account.toLowerCase(), assetsPlan(address, account)])),
  );
  const plan = all({
    totalAssets: attempt(read({ address, abi: erc4626Abi, functionName: "totalAssets" })),
    totalSupply: attempt(read({ address, abi: erc4626Abi, functionName: "totalSupply" })),
    assets,
  });
  return {
    ...plan,
    decode: (results, simulations) => {
      const reading = plan.decode(results, simulations);
      return {
        address,
        asset,
        // a vault that a run has broken still has to be looked at
        totalAssets: reading.totalAssets ?? 0n,
        totalSupply: reading.totalSupply ?? 0n,
        assetsOf: (account) => reading.assets[account.toLowerCase()] ?? 0n,
        deposit: (amount, self) => deposit(address, amount, self),
        redeem: (shares, self) => redeem(address, shares, self),
      };
    },
  };
}

/** convertToAssets(balanceOf(account)), in one simulation. */
function assetsPlan(address: Address, account: Address): ReadPlan<bigint> {
  return {
    calls: [],
    simulations: [
      [
        { to: address, data: encodeFunctionData({ abi: erc20Abi, functionName: "balanceOf", args: [account] }) },
        {
          to: address,
          data: encodeFunctionData({ abi: erc4626Abi, functionName: "convertToAssets", args: [0n] }),
          splice: { from: 0, offset: 4 },
        },
      ],
    ],
    decode: (_results, [group]) => {
      const assets = group?.[1];
      return assets?.success === true && assets.data.length >= 66 ? BigInt(assets.data.slice(0, 66)) : 0n;
    },
  };
}

function userAction(
  name: string,
  most: (context: ActionContext<Erc4626View>) => bigint,
  make: (amount: bigint, self: Address) => ContractCall,
): {
  readonly name: string;
  readonly operands: number;
  readonly ordinary: boolean;
  build(operands: readonly number[], context: ActionContext<Erc4626View>): ContractCall | undefined;
} {
  return {
    name,
    operands: 1,
    ordinary: true,
    build: ([share = 0], context) => {
      const limit = most(context);
      if (limit === 0n) return undefined;
      // one base unit is where vaults round, so the smallest share is one and not nothing
      const amount = fraction(share, limit);
      return make(amount === 0n ? 1n : amount, context.self);
    },
  };
}

function deposit(address: Address, assets: bigint, self: Address): ContractCall {
  return call({ address, abi: erc4626Abi, functionName: "deposit", args: [assets, self] });
}

function redeem(address: Address, shares: bigint, self: Address): ContractCall {
  return call({ address, abi: erc4626Abi, functionName: "redeem", args: [shares, self, self] });
}
