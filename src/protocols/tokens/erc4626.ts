import type { Address } from "viem";

import type { Action, ActionContext } from "../action.js";
import type { ContractCall } from "../call.js";
import type { ProtocolFactory } from "../protocol.js";
import type { ReadPlan, ReadResult } from "../read-plan.js";
import type { Token } from "../token.js";

import { encodeFunctionData, erc20Abi, erc4626Abi, getAbiItem, parseUnits } from "viem";

import { SiegeError } from "../../errors.js";
import { addressKey } from "../../quantity/address.js";
import { wholeUnits } from "../../quantity/amount.js";
import { fraction } from "../../quantity/share.js";
import { call } from "../call.js";
import { defineProtocol } from "../protocol.js";
import { all, attempt, list, map, read, simulate } from "../read-plan.js";
import { plays } from "../roles/role.js";
import { shareVault } from "../roles/share-vault.js";

const BALANCE_OF = getAbiItem({ abi: erc4626Abi, name: "balanceOf" });

const CONVERT_TO_ASSETS = getAbiItem({ abi: erc4626Abi, name: "convertToAssets" });

/** What agents see of a vault. */
export interface Erc4626View {
  readonly address: Address;
  /** The token that it accepts. */
  readonly asset: Token;
  /** Base units of the asset. */
  readonly totalAssets: bigint;
  /** Base units of the shares. */
  readonly totalSupply: bigint;
  /** What one whole share converts to, whole units of the asset; 0 while `convertToAssets` reverts. */
  readonly sharePrice: number;
  /** An account's shares, base units; 0 for accounts that the scenario does not know. */
  sharesOf(account: Address): bigint;
  /** What an account's shares convert to, base units of the asset; 0 for accounts that the scenario does not know. */
  assetsOf(account: Address): bigint;
  /** Deposits on the caller's own behalf. @param assets - base units */
  deposit(assets: bigint, self: Address): ContractCall;
  /** Mints shares to the caller. @param shares - base units */
  mint(shares: bigint, self: Address): ContractCall;
  /** Withdraws to the caller. @param assets - base units */
  withdraw(assets: bigint, self: Address): ContractCall;
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
 * Free moves: `deposit`, `mint`, `withdraw` and `redeem` for oneself, and `donate` (the asset sent to the vault directly).
 *
 * @throws SiegeError `UNSUPPORTED_PROTOCOL` if the address has no `asset()`
 */
export const erc4626: ProtocolFactory<undefined, Erc4626View> = defineProtocol<undefined, Facts, Erc4626View>({
  kind: "erc4626",
  inspect: async (context, address) => {
    const asset = await context.read(attempt(read({ address, abi: erc4626Abi, functionName: "asset" })));
    if (asset === undefined) {
      throw new SiegeError("UNSUPPORTED_PROTOCOL", {
        message: `${address} is not an ERC-4626 vault: asset() returns no value.`,
        hint: "Check the address, and that the vault exists at the fork block.",
      });
    }
    return { address, asset: await context.token(asset), shares: await context.token(address) };
  },
  tokens: ({ asset, shares }) => [asset, shares],
  approvals: ({ address, asset }) => [{ token: asset.address, spender: address }],
  observe: (facts, { accounts }) => viewPlan(facts, [...new Set(accounts.values())]),
  actions: ({ address, asset }) => {
    const calls = callsOf(address);
    return [
      userAction("deposit", ({ balance }) => balance(asset.address), calls.deposit),
      userAction(
        "mint",
        ({ balance, view: { totalAssets, totalSupply } }) =>
          totalAssets === 0n ? balance(asset.address) : (balance(asset.address) * totalSupply) / totalAssets,
        calls.mint,
      ),
      userAction("withdraw", ({ view, self }) => view.assetsOf(self), calls.withdraw),
      userAction("redeem", ({ view, self }) => view.sharesOf(self), calls.redeem),
      {
        ...userAction(
          "donate",
          ({ balance }) => balance(asset.address),
          (amount) =>
            call({ address: asset.address, abi: erc20Abi, functionName: "transfer", args: [address, amount] }),
        ),
        ordinary: false,
        gives: true,
      },
    ];
  },
  value:
    ({ asset }) =>
    (view, account, price) =>
      asset.asset === undefined ? 0 : wholeUnits(view.assetsOf(account), asset.decimals) * price(asset.asset),
  onChainValue:
    ({ address, asset }) =>
    (view, account, price) => {
      if (asset.asset === undefined) return [];
      const shares = {
        kind: "view",
        to: address,
        function: BALANCE_OF,
        args: [account],
        was: view.sharesOf(account),
      } as const;
      return [
        {
          what: `${asset.symbol} for its shares`,
          number: {
            kind: "view",
            to: address,
            function: CONVERT_TO_ASSETS,
            args: [0n],
            argument: { at: 0, number: shares },
            was: view.assetsOf(account),
          },
          times: parseUnits(price(asset.asset).toFixed(18), 18),
          over: 10n ** BigInt(asset.decimals),
        },
      ];
    },
  roles: [plays(shareVault, (view) => view)],
});

function viewPlan({ address, asset, shares }: Facts, accounts: readonly Address[]): ReadPlan<Erc4626View> {
  const plan = all({
    // a vault broken during a run must still be readable
    totalAssets: attempt(read({ address, abi: erc4626Abi, functionName: "totalAssets" })),
    totalSupply: attempt(read({ address, abi: erc4626Abi, functionName: "totalSupply" })),
    assetsOfOne: attempt(
      read({ address, abi: erc4626Abi, functionName: "convertToAssets", args: [10n ** BigInt(shares.decimals)] }),
    ),
    holdings: list(accounts.map((account) => holdingPlan(address, account))),
  });
  return map(plan, ({ totalAssets = 0n, totalSupply = 0n, assetsOfOne = 0n, holdings }) => {
    const held = new Map(accounts.map((account, index) => [addressKey(account), holdings[index]]));
    return {
      address,
      asset,
      totalAssets,
      totalSupply,
      sharePrice: wholeUnits(assetsOfOne, asset.decimals),
      sharesOf: (account) => held.get(addressKey(account))?.shares ?? 0n,
      assetsOf: (account) => held.get(addressKey(account))?.assets ?? 0n,
      ...callsOf(address),
    };
  });
}

interface Holding {
  readonly shares: bigint;
  readonly assets: bigint;
}

/** An account's shares and convertToAssets(shares), in one simulation. */
function holdingPlan(address: Address, account: Address): ReadPlan<Holding> {
  const plan = simulate([
    { to: address, data: encodeFunctionData({ abi: erc4626Abi, functionName: "balanceOf", args: [account] }) },
    {
      to: address,
      data: encodeFunctionData({ abi: erc4626Abi, functionName: "convertToAssets", args: [0n] }),
      splice: { from: 0, offset: 4 },
    },
  ]);
  return map(plan, ([shares, assets]) => ({ shares: wordOf(shares), assets: wordOf(assets) }));
}

function wordOf(result: ReadResult | undefined): bigint {
  return result?.success === true && result.data.length >= 66 ? BigInt(result.data.slice(0, 66)) : 0n;
}

function userAction(
  name: string,
  most: (context: ActionContext<Erc4626View>) => bigint,
  make: (amount: bigint, self: Address) => ContractCall,
): Action<Erc4626View> {
  return {
    name,
    operands: 1,
    ordinary: true,
    build: ([share = 0], context) => {
      const limit = most(context);
      if (limit === 0n) return undefined;
      // vaults round at one base unit, so the smallest share is one rather than zero
      const amount = fraction(share, limit);
      return make(amount === 0n ? 1n : amount, context.self);
    },
  };
}

function callsOf(address: Address): Pick<Erc4626View, "deposit" | "mint" | "withdraw" | "redeem"> {
  const vault = { address, abi: erc4626Abi } as const;
  return {
    deposit: (assets, self) => call({ ...vault, functionName: "deposit", args: [assets, self] }),
    mint: (shares, self) => call({ ...vault, functionName: "mint", args: [shares, self] }),
    withdraw: (assets, self) => call({ ...vault, functionName: "withdraw", args: [assets, self, self] }),
    redeem: (shares, self) => call({ ...vault, functionName: "redeem", args: [shares, self, self] }),
  };
}
