import type { Address, Hex } from "viem";

import type { BlockHeader } from "./state-bundle.js";
import type { StateSource } from "./state-source.js";

import { createServer } from "node:http";

import { isAddress, isHex, numberToHex, pad, size } from "viem";

/** State that was requested but that the source does not hold. */
interface StateMiss {
  readonly address: Address;
  /** `undefined`: the account itself is not known. */
  readonly slot: Hex | undefined;
}

/** A loopback JSON-RPC endpoint to fork from. */
export interface StateUpstream {
  readonly url: string;
  /**
   * The requests that missed, in order; one missing account is requested up to three times.
   * The error that EDR reports may name a later one: a block whose transaction fails on a slot still pays its fee recipient.
   */
  misses(): readonly StateMiss[];
  /** Does not keep the process alive any more. */
  unref(): void;
  close(): Promise<void>;
}

/** More blocks than any chain needs for finality (EDR asks for 128 on mainnet). */
const CONFIRMATIONS = 256;

interface Question {
  readonly id: unknown;
  readonly method: string;
  readonly params?: readonly unknown[];
}

/**
 * Serves one block's state on loopback, strictly: a request for state that the source does not hold is an error that names
 * it, never a silent zero.
 */
export async function serveState(source: StateSource): Promise<StateUpstream> {
  const misses: StateMiss[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      void answerBody(source, misses, Buffer.concat(chunks).toString("utf8")).then(
        (body) => {
          response.setHeader("content-type", "application/json");
          response.end(body);
        },
        // a response left open would make the fork wait forever
        () => response.destroy(),
      );
    });
  });
  // Node would end a connection after five idle seconds, just as a busy fork sends its next request on it
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  // a server listening on TCP has a port
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    misses: () => misses,
    unref: () => {
      server.unref();
      // nor do the connections that a fork keeps open
      server.on("connection", (socket) => socket.unref());
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => {
          if (error === undefined) resolve();
          else reject(error);
        });
        server.closeAllConnections();
      }),
  };
}

async function answerBody(source: StateSource, misses: StateMiss[], body: string): Promise<string> {
  let questions: unknown;
  try {
    questions = JSON.parse(body);
  } catch {
    return failure(null, -32700, "the request is not JSON");
  }
  const answer = async (question: unknown): Promise<string> => {
    if (!isQuestion(question)) return failure(null, -32600, "the request is not a JSON-RPC call");
    const { id, method, params = [] } = question;
    try {
      // a result that cannot be serialised is an error of this request alone
      return JSON.stringify({ jsonrpc: "2.0", id, result: await answerOne(source, misses, method, params) });
    } catch (error) {
      const code = error instanceof InvalidParameters ? -32602 : -32000;
      return failure(id, code, error instanceof Error ? error.message : String(error));
    }
  };
  if (!Array.isArray(questions) || questions.length === 0) return answer(questions);
  return `[${(await Promise.all(questions.map(answer))).join(",")}]`;
}

/** The request itself is invalid, whatever the source holds. */
class InvalidParameters extends Error {}

function failure(id: unknown, code: number, message: string): string {
  return JSON.stringify({ jsonrpc: "2.0", id, error: { code, message } });
}

function isQuestion(value: unknown): value is Question {
  if (typeof value !== "object" || value === null || !("method" in value)) return false;
  return typeof value.method === "string" && (!("params" in value) || Array.isArray(value.params));
}

async function answerOne(
  source: StateSource,
  misses: StateMiss[],
  method: string,
  params: readonly unknown[],
): Promise<unknown> {
  const account = async (): Promise<{ readonly balance: Hex; readonly nonce: Hex; readonly code: Hex }> => {
    const address = addressOf(params[0]);
    requireHeldBlock(source, params[1]);
    const known = await source.account(address);
    if (known !== undefined) return known;
    misses.push({ address, slot: undefined });
    throw new Error(`${nameOf(source)} does not hold the account ${address}`);
  };
  switch (method) {
    case "eth_chainId":
      return numberToHex(source.chainId);
    case "net_version":
      return String(source.chainId);
    case "eth_blockNumber":
      // EDR keeps what it reads of a block only if the chain has advanced far enough for the block to be final; for one
      // at the tip it would request every slot again for every call (measured: 117 ms per read instead of 7)
      return numberToHex(source.blockNumber + CONFIRMATIONS);
    case "eth_gasPrice":
      // a fork in the Solidity test runner asks; each block says what gas costs
      return "0x0";
    case "eth_getBlockByNumber":
    case "eth_getBlockByHash":
      return blockOf(source, params[0]);
    case "eth_getAccountInfo":
      return account();
    case "eth_getBalance":
      return (await account()).balance;
    case "eth_getTransactionCount":
      return (await account()).nonce;
    case "eth_getCode":
      return (await account()).code;
    case "eth_getStorageAt": {
      const address = addressOf(params[0]);
      const slot = slotOf(params[1]);
      requireHeldBlock(source, params[2]);
      const value = await source.slot(address, slot);
      if (value !== undefined) return value;
      misses.push({ address, slot });
      throw new Error(`${nameOf(source)} does not hold slot ${slot} of ${address}`);
    }
    default:
      throw new Error(`the method ${method} is not served here`);
  }
}

function addressOf(value: unknown): Address {
  if (typeof value === "string" && isAddress(value, { strict: false })) return value;
  throw new InvalidParameters(`${JSON.stringify(value)} is not an address`);
}

function slotOf(value: unknown): Hex {
  if (isHex(value) && size(value) <= 32) return pad(value, { size: 32 });
  throw new InvalidParameters(`${JSON.stringify(value)} is not a slot`);
}

/** The state of an earlier block is a different one, even if that block's header is held. */
function requireHeldBlock(source: StateSource, asked: unknown): void {
  if (isHeldBlock(source, asked)) return;
  if (typeof asked !== "string") throw new InvalidParameters("the block whose state is requested is not named");
  throw new Error(`the state of block ${asked} is not held, only that of block ${numberToHex(source.blockNumber)}`);
}

function isHeldBlock(source: StateSource, asked: unknown): boolean {
  if (asked === "latest" || asked === "safe" || asked === "finalized" || asked === source.block.hash) return true;
  return numberOf(asked) === source.blockNumber;
}

/** `NaN`: not a number. A hash is longer than any block number. */
function numberOf(asked: unknown): number {
  return isHex(asked) && asked.length < 20 ? Number(asked) : Number.NaN;
}

async function blockOf(source: StateSource, asked: unknown): Promise<BlockHeader> {
  if (isHeldBlock(source, asked)) return source.block;
  const ancestor = await source.ancestor?.(numberOf(asked));
  // EDR takes `null`, the usual response, for a malformed one and reports it without the block's number
  if (ancestor === undefined) throw new Error(`${nameOf(source)} does not hold the block ${String(asked)}`);
  return ancestor;
}

function nameOf({ name = "the state" }: StateSource): string {
  return name;
}
