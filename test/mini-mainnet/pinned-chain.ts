import type { EthereumProvider } from "hardhat/types/providers";
import type {
  Abi,
  AbiStateMutability,
  Address,
  ContractFunctionArgs,
  ContractFunctionName,
  ContractFunctionReturnType,
  Hex,
} from "viem";

import {
  decodeFunctionResult,
  encodeDeployData,
  encodeFunctionData,
  getAddress,
  keccak256,
  numberToHex,
  toBytes,
} from "viem";

/** Seconds between two blocks, as on mainnet. */
export const BLOCK_TIME = 12;

/** Enough for the largest contract here, below the cap of 16,777,216 per transaction since Osaka. */
const GAS = 16_000_000n;

/** A transaction; what is left out is empty. */
export interface Transaction {
  readonly from: Address;
  readonly to?: Address;
  readonly data?: Hex;
  /** wei */
  readonly value?: bigint;
}

export interface Receipt {
  readonly transactionHash: Hex;
  readonly blockNumber: Hex;
  readonly contractAddress: Address | null;
  readonly gasUsed: Hex;
  readonly logs: readonly { readonly address: Address; readonly topics: readonly Hex[]; readonly data: Hex }[];
}

export interface Block {
  readonly number: Hex;
  readonly hash: Hex;
  readonly stateRoot: Hex;
  readonly timestamp: Hex;
}

/** A compiled contract without open links, from Hardhat or elsewhere. */
export interface Deployable {
  readonly abi: Abi;
  readonly bytecode: string;
}

/** A contract at an address. */
export interface Contract<ABI extends Abi> {
  readonly address: Address;
  readonly abi: ABI;
}

type Writes = Extract<AbiStateMutability, "nonpayable" | "payable">;
type Reads = Extract<AbiStateMutability, "view" | "pure">;

/**
 * A simulated chain on which each transaction is a block of its own, 12 seconds after its parent and with a fixed
 * prevrandao. By default EDR takes the time from the wall clock, and no two runs would produce the same state.
 */
export class PinnedChain {
  readonly #provider: EthereumProvider;

  constructor(provider: EthereumProvider) {
    this.#provider = provider;
  }

  /** Sends a transaction, from any account, as the only one of the next block. Throws if it reverts. */
  async send({ from, to, data, value = 0n }: Transaction): Promise<Receipt> {
    await this.#pinNextBlock();
    await this.#request("hardhat_impersonateAccount", [from]);
    const transaction = { from, to, data, value: numberToHex(value), gas: numberToHex(GAS) };
    const hash = await this.#request("eth_sendTransaction", [transaction]);
    // the chain mines what it is sent, so there is a receipt
    return (await this.#request("eth_getTransactionReceipt", [hash])) as Receipt;
  }

  /** Calls a function that changes the state. */
  async write<const ABI extends Abi, Name extends ContractFunctionName<ABI, Writes>>(
    from: Address,
    contract: Contract<ABI>,
    functionName: Name,
    args: ContractFunctionArgs<ABI, Writes, Name> & readonly unknown[],
    /** wei */
    value = 0n,
  ): Promise<Receipt> {
    return this.send({ from, to: contract.address, data: encode(contract.abi, functionName, args), value });
  }

  /** Calls a function that does not, at the latest block. */
  async read<
    const ABI extends Abi,
    Name extends ContractFunctionName<ABI, Reads>,
    const Args extends ContractFunctionArgs<ABI, Reads, Name> & readonly unknown[],
  >(
    contract: Contract<ABI>,
    functionName: Name,
    args: Args,
  ): Promise<ContractFunctionReturnType<ABI, Reads, Name, Args>> {
    const call = { to: contract.address, data: encode(contract.abi, functionName, args) };
    const data = (await this.#request("eth_call", [call, "latest"])) as Hex;
    // the type that viem infers from an ABI that it sees
    return decode(contract.abi, functionName, data) as ContractFunctionReturnType<ABI, Reads, Name, Args>;
  }

  /** Deploys a contract, as the only transaction of the next block. */
  async deploy(from: Address, { abi, bytecode }: Deployable, args: readonly unknown[] = []): Promise<Address> {
    // Hardhat's artifacts have hex strings that their type calls strings
    const data = encodeDeployData({ abi, bytecode: bytecode as Hex, args });
    const receipt = await this.send({ from, data });
    // a transaction without a recipient creates a contract
    return getAddress(receipt.contractAddress!);
  }

  async latest(): Promise<Block> {
    return (await this.#request("eth_getBlockByNumber", ["latest", false])) as Block;
  }

  async #pinNextBlock(): Promise<void> {
    const { number, timestamp } = await this.latest();
    const next = BigInt(number) + 1n;
    await this.#request("evm_setNextBlockTimestamp", [numberToHex(BigInt(timestamp) + BigInt(BLOCK_TIME))]);
    await this.#request("hardhat_setPrevRandao", [keccak256(toBytes(`prevrandao of block ${next}`))]);
  }

  async #request(method: string, params: unknown[]): Promise<unknown> {
    return this.#provider.request({ method, params });
  }
}

// viem cannot infer from an ABI that is itself a parameter: names and types are checked where `write` and `read` are
// called, and here the ABI is any

function encode(abi: Abi, functionName: string, args: readonly unknown[]): Hex {
  return encodeFunctionData({ abi, functionName, args });
}

function decode(abi: Abi, functionName: string, data: Hex): unknown {
  return decodeFunctionResult({ abi, functionName, data });
}
