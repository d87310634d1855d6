import type { Address } from "viem";

import type { Token } from "../../protocols/token.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { LensReader } from "../chain/lens-reader.js";

import { bytesToString, erc20Abi, erc4626Abi, hexToBytes, parseAbi } from "viem";

import { SiegeError } from "../../errors.js";
import { all, attempt, read } from "../../protocols/read-plan.js";
import { addressKey } from "../../quantity/address.js";
import { legible } from "../../quantity/legible.js";
import { dictionaryPlan, questionsFor } from "../../target/dictionary.js";
import { functionsOf } from "../../target/functions.js";

/** The longest symbol; those of pool and receipt tokens have some twenty letters. */
const SYMBOL_WIDTH = 40;

// MKR and a few other early tokens return bytes32 where the standard says string
const bytes32SymbolAbi = parseAbi(["function symbol() view returns (bytes32)"]);

/** The most addresses of the target's views that are looked at. */
const MOST_NAMED = 12;

/** The tokens of a world. The symbol and decimals of each are read once. */
export class TokenRegistry {
  readonly #reader: LensReader;
  readonly #assets: ReadonlyMap<string, string>;
  readonly #scenario: Scenario;
  readonly #tokens = new Map<string, Token>();
  readonly #vaults = new Map<string, Address | undefined>();

  constructor(reader: LensReader, scenario: Scenario) {
    this.#reader = reader;
    this.#scenario = scenario;
    this.#assets = new Map(
      [...scenario.assets].flatMap(([asset, { token }]) => (token === undefined ? [] : [[addressKey(token), asset]])),
    );
  }

  /** All tokens known so far, in the order in which they became known. */
  all(): readonly Token[] {
    return [...this.#tokens.values()];
  }

  /** A token that is already known. */
  known(address: Address): Token | undefined {
    return this.#tokens.get(addressKey(address));
  }

  /** @throws SiegeError `UNSUPPORTED_PROTOCOL` if there is no token at the address */
  async get(address: Address): Promise<Token> {
    const known = this.known(address);
    if (known !== undefined) return known;
    const { symbol, bytes32Symbol, decimals } = await this.#reader.read(
      all({
        symbol: attempt(read({ address, abi: erc20Abi, functionName: "symbol" })),
        bytes32Symbol: attempt(read({ address, abi: bytes32SymbolAbi, functionName: "symbol" })),
        decimals: attempt(read({ address, abi: erc20Abi, functionName: "decimals" })),
      }),
    );
    if (decimals === undefined) {
      throw new SiegeError("UNSUPPORTED_PROTOCOL", {
        message: `${address} is not an ERC-20 token: decimals() fails.`,
        hint: "Check the address, and that the network is a fork of the token's chain, at a block where it exists. Presets are set on mainnet unless they are given a market.",
      });
    }
    const word = bytes32Symbol === undefined ? "" : bytesToString(hexToBytes(bytes32Symbol)).replaceAll("\0", "");
    const token: Token = {
      address,
      // what a contract calls itself is printed with every amount
      symbol: this.#unique(legible(symbol ?? (word || address.slice(0, 8)), SYMBOL_WIDTH), address),
      decimals,
      asset: this.#assets.get(addressKey(address)),
    };
    this.#tokens.set(addressKey(address), token);
    return token;
  }

  /** The tokens that stand for the scenario's assets. */
  async ofAssets(): Promise<readonly Token[]> {
    const tokens: Token[] = [];
    for (const { token } of this.#scenario.assets.values()) if (token !== undefined) tokens.push(await this.get(token));
    return tokens;
  }

  /** Adds tokens that a protocol has already read. */
  adopt(tokens: readonly Token[]): void {
    for (const token of tokens) this.#tokens.set(addressKey(token.address), this.known(token.address) ?? token);
  }

  /** Adds a target's own shares, if it is a token, and notes what an ERC-4626 vault takes. */
  async adoptShares(target: ResolvedTarget): Promise<void> {
    const names = new Set(functionsOf(target.abi).map(({ name }) => name));
    if (names.has("balanceOf") && names.has("decimals")) await this.get(target.address);
    if (!names.has("asset") || !names.has("convertToAssets")) return;
    const asset = attempt(read({ address: target.address, abi: erc4626Abi, functionName: "asset" }));
    this.#vaults.set(addressKey(target.address), await this.#reader.read(asset));
  }

  /** Adds the tokens that the target's views name, such as its collateral; an address that is no token is passed over. */
  async adoptNamed(target: ResolvedTarget): Promise<void> {
    const { asked } = questionsFor([target], []);
    const { addresses } = await this.#reader.read(dictionaryPlan(asked));
    for (const address of addresses.slice(0, MOST_NAMED)) {
      if (this.known(address) !== undefined) continue;
      try {
        await this.get(address);
      } catch (error) {
        if (!SiegeError.isSiegeError(error) || error.code !== "UNSUPPORTED_PROTOCOL") throw error;
      }
    }
  }

  /** The token that an ERC-4626 vault takes, if both are known. */
  assetOf(vault: Address): Token | undefined {
    const asset = this.#vaults.get(addressKey(vault));
    return asset === undefined ? undefined : this.known(asset);
  }

  /** Appends the address to a symbol that is already taken: views are keyed by symbol. */
  #unique(symbol: string, address: Address): string {
    const taken = this.all().some((token) => token.symbol === symbol);
    return taken ? `${symbol} ${address.slice(0, 8)}` : symbol;
  }
}
