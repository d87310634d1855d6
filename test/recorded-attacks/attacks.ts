import type { Abi, Address } from "viem";

import type { ScenarioDefinition } from "../../src/types.js";
import type { AttackName } from "./recorded-attack.js";

import { attacker } from "../../src/agents/index.js";
import { unprofitableToAttack } from "../../src/conditions/index.js";

import {
  balancerVaultAbi,
  cErc20Abi,
  cEtherAbi,
  comptrollerAbi,
  erc1820Abi,
  leverVaultAbi,
  simplePriceOracleAbi,
} from "./abis.js";

/** An attack, as somebody would lay siege to its victim who has not heard of it. */
export interface Attack {
  readonly name: AttackName;
  readonly target: { readonly address: Address; readonly abi: Abi; readonly name: string };
  readonly scenario: ScenarioDefinition;
}

export const WETH = "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2";

export const BITCOIN_FEED = "0x264990fbd0A4796A3E3d8E37C4d5F87a3aCa5Ebf";

/** Rikkei Finance on BNB Chain, 15 April 2022. */
export const RIKKEI: Attack = {
  name: "rikkei-bsc-16956473",
  target: { name: "Cointroller", address: "0x4f3e801Bd57dC3D641E72f2774280b21d31F64e4", abi: comptrollerAbi },
  scenario: {
    name: "nobody takes more out of Rikkei than was brought",
    blocks: 4,
    blockTime: 3,
    assets: {
      BNB: { price: 416.25, native: true },
      USDC: { price: 1, token: "0x8AC76a51cc950d9822D68b83fE1Ad97B32Cd580d" },
      BTC: { price: 40_065, token: "0x7130d2A12B9BCbFAe4f2634d864A1Ee1Ce3Ead9c" },
      DAI: { price: 1, token: "0x1AF3F329e8BE154074D8769D1FFa4eE058B1DBc3" },
      USDT: { price: 1, token: "0x55d398326f99059fF775485246999027B3197955" },
      BUSD: { price: 1, token: "0xe9e7CEA3DedcA5984780Bafc599bD69ADd087D56" },
    },
    targets: {
      oracle: { address: "0xD55f01B4B51B7F48912cD8Ca3CDD8070A1a9DBa5", abi: simplePriceOracleAbi },
      rBNB: { address: "0x157822aC5fa0Efe98daa4b0A55450f4a182C10cA", abi: cEtherAbi },
      rUSDC: { address: "0x916e87d16B2F3E097B9A6375DC7393cf3B5C11f5", abi: cErc20Abi },
      rBTC: { address: "0x53aBF990bF7A37FaA783A75FDD75bbcF8bdF11eB", abi: cErc20Abi },
      rDAI: { address: "0x9B9006cb01B1F664Ac25137D3a3a20b37d8bC078", abi: cErc20Abi },
      rUSDT: { address: "0x383598668C025Be0798E90E7c5485Ff18D311063", abi: cErc20Abi },
      rBUSD: { address: "0x6db6A55E57AC8c90477bBF00ce874B988666553A", abi: cErc20Abi },
    },
    agents: [attacker()],
    conditions: [unprofitableToAttack()],
  },
};

/** Earning Farm's leveraged ether vault, 14 October 2022. */
export const EARNING_FARM: Attack = {
  name: "earningfarm-15746199",
  target: { name: "EFLeverVault", address: "0xe39fd820B58f83205Db1D9225f28105971c3D309", abi: leverVaultAbi },
  scenario: {
    name: "nobody takes more out of the vault than was brought",
    blocks: 4,
    assets: { ETH: { price: 1_300, token: WETH } },
    targets: { balancer: { address: "0xBA12222222228d8Ba445958a75a0704d566BF2C8", abi: balancerVaultAbi } },
    agents: [attacker()],
    conditions: [unprofitableToAttack()],
  },
};

/** Onyx Protocol, 1 November 2023. */
export const ONYX: Attack = {
  name: "onyx-18476512",
  target: { name: "Comptroller", address: "0x7D61ed92a6778f5ABf5c94085739f1EDAbec2800", abi: comptrollerAbi },
  scenario: {
    name: "nobody takes more out of Onyx than was brought",
    blocks: 4,
    assets: {
      ETH: { price: 1_810, token: WETH },
      PEPE: { price: 0.000_001_13, token: "0x6982508145454Ce325dDbE47a25d4ec3d2311933" },
      USDC: { price: 1, token: "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48" },
      DAI: { price: 1, token: "0x6B175474E89094C44Da98b954EedeAC495271d0F" },
    },
    targets: {
      oPEPE: { address: "0x5FdBcD61bC9bd4B6D3FD1F49a5D253165Ea11750", abi: cErc20Abi },
      oETHER: { address: "0x714bD93aB6ab2F0bcfD2aEaf46A46719991d0d79", abi: cEtherAbi },
      oUSDC: { address: "0x8f35113cFAba700Ed7a907D92B114B44421e412A", abi: cErc20Abi },
      oDAI: { address: "0x830DAcD5D0a62afa92c9Bc6878461e9cD317B085", abi: cErc20Abi },
    },
    agents: [attacker({ capital: { PEPE: 2_500_000_000_000 } })],
    conditions: [unprofitableToAttack()],
  },
};

/** Cream Finance, 30 August 2021. */
export const CREAM: Attack = {
  name: "cream-13125070",
  target: { name: "Comptroller", address: "0x3d5BC3c8d13dcB8bF317092d84783c2697AE9258", abi: comptrollerAbi },
  scenario: {
    name: "nobody takes more out of Cream than was brought",
    blocks: 4,
    assets: {
      ETH: { price: 3_240, token: WETH },
      AMP: { price: 0.057_8, token: "0xfF20817765cB7f73d4bde2e66e067E58D11095C2" },
    },
    targets: {
      crETH: { address: "0xD06527D5e56A3495252A528C4987003b712860eE", abi: cEtherAbi },
      crAMP: { address: "0x2Db6c82CE72C8d7D770ba1b5F5Ed0b6E075066d6", abi: cErc20Abi },
      registry: { address: "0x1820a4B7618BdE71Dce8cdc73aAB6C95905faD24", abi: erc1820Abi },
    },
    agents: [{ ...attacker(), native: 600 }],
    conditions: [unprofitableToAttack()],
  },
};
