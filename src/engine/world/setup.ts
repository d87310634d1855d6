import type { Address } from "viem";

import type { RecordedTransaction } from "../../order-flow/recorded.js";
import type { ContractCall } from "../../protocols/call.js";
import type { Approval } from "../../protocols/preparation.js";
import type { Token } from "../../protocols/token.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { Borrowed } from "../chain/borrowed-connection.js";
import type { Chain } from "../chain/chain.js";
import type { BoundProtocol } from "./bind-protocol.js";
import type { FundingNote } from "./funding/funding-note.js";
import type { TokenBalances } from "./funding/token-balances.js";
import type { TokenRegistry } from "./token-registry.js";

import { erc20Abi, parseEther, parseUnits } from "viem";

import { SiegeError } from "../../errors.js";
import { encodeCall } from "../../protocols/call.js";
import { read } from "../../protocols/read-plan.js";
import { PPM } from "../../quantity/ppm.js";
import { fraction } from "../../quantity/share.js";
import { accountOf } from "../../view/accounts.js";
import { LensReader } from "../chain/lens-reader.js";

import { APPROVAL_GAS, approvalsOf, approve } from "./funding/approvals.js";
import { raiseSupply } from "./funding/token-supply.js";

/** Native coin of an agent whose definition sets none, whole units. */
const DEFAULT_NATIVE = 100;

/** What an existing account must have of the native coin to keep it, wei: it pays for gas. */
const LEAST_NATIVE = 10n ** 18n;

/** Extra ether for the senders of recorded transactions. */
const SENDER_BONUS = "1000";

/** Gas of an onboarding call, which makes an account known to a protocol. */
const ONBOARDING_GAS = 1_000_000n;

/** What the preparation of agents needs. */
interface SetupParameters {
  readonly chain: Chain;
  readonly borrowed: Borrowed;
  readonly scenario: Scenario;
  readonly accounts: ReadonlyMap<string, Address>;
  readonly tokens: TokenRegistry;
  readonly tokenBalances: TokenBalances;
  readonly protocols: readonly BoundProtocol[];
  /** The contracts that agents approve for their assets: the target, and what it creates next. */
  readonly spenders: readonly Address[];
}

/**
 * Gives every agent its capital and the allowances that a user of the protocols and of the target would have. This is state
 * from before the siege: it belongs to the base, not to any trace.
 *
 * @returns which capital could not be made consistent with the rest of its token
 */
export async function fundAgents(parameters: SetupParameters): Promise<readonly FundingNote[]> {
  const { chain, borrowed, scenario, accounts, tokens, tokenBalances } = parameters;
  const given = new Map<Token, Map<Address, bigint>>();
  // collateral and shares of vaults are among the tokens
  const approvals = approvalsOf(parameters.protocols, tokens.all(), parameters.spenders);
  const owned = new Map<string, bigint>();
  for (const [name, agent] of scenario.agents) {
    const account = accountOf(accounts, name);
    await borrowed.impersonate(account);
    for (const [asset, amount] of Object.entries(agent.capital ?? {})) {
      const token = tokens.all().find((candidate) => candidate.asset === asset);
      if (token === undefined) {
        throw new SiegeError("UNKNOWN_ASSET", {
          message: `The agent "${name}" has capital in "${asset}", which has no token.`,
          hint: `Give the asset a token: assets: { ${asset}: { price, token } }.`,
        });
      }
      const change = await tokenBalances.set(chain, token, account, units(amount, token.decimals));
      given.set(token, (given.get(token) ?? new Map<Address, bigint>()).set(account, change));
    }
    for (const [protocol, part] of Object.entries(agent.owns ?? {})) {
      const token = ownershipOf(parameters, name, protocol);
      // stands for owners on the chain, whose balances stay: the supply stays, too
      await tokenBalances.set(chain, token, account, await partOfSupply(chain, token, part));
    }
    if (agent.at !== undefined) owned.set(name, BigInt((await chain.account(account)).balance));
    await chain.setBalance(account, parseEther("1000000"));
  }
  const notes: FundingNote[] = [];
  for (const [token, added] of given) notes.push(...(await raiseSupply(chain, token, added)));
  const latest = await chain.latest();
  let sent = 0n;
  let block = 1;
  const mine = async (): Promise<void> => {
    await chain.mine();
    sent = 0n;
    block += 1;
  };
  const prepare = async (): Promise<void> => {
    await chain.prepareBlock({
      timestamp: latest.timestamp + block * scenario.blockTime,
      baseFee: scenario.gas.baseFee,
      prevRandao: "0x0000000000000000000000000000000000000000000000000000000000000000",
    });
  };
  await prepare();
  for (const name of scenario.agents.keys()) {
    const from = accountOf(accounts, name);
    for (const { call: made, gas } of firstCalls(from, approvals, parameters)) {
      if (sent + gas > latest.gasLimit) {
        await mine();
        await prepare();
      }
      await chain.send({
        from,
        to: made.to,
        data: encodeCall(made),
        value: made.value ?? 0n,
        gas,
        maxFeePerGas: scenario.gas.baseFee + 1n,
        maxPriorityFeePerGas: 1n,
      });
      sent += gas;
    }
  }
  await mine();
  for (const [name, agent] of scenario.agents) {
    const kept = agent.native === undefined ? owned.get(name) : undefined;
    const native = kept === undefined || kept < LEAST_NATIVE ? units(agent.native ?? DEFAULT_NATIVE, 18) : kept;
    await chain.setBalance(accountOf(accounts, name), native);
  }
  return notes;
}

/** @throws SiegeError `UNSUPPORTED_PROTOCOL` */
function ownershipOf({ protocols }: SetupParameters, agent: string, name: string): Token {
  const protocol = protocols.find((one) => one.name === name);
  if (protocol?.ownership !== undefined) return protocol.ownership;
  throw new SiegeError("UNSUPPORTED_PROTOCOL", {
    message: `The agent "${agent}" owns a part of "${name}", whose ownership is not a token.`,
    hint: "Name a protocol whose shares are a token, such as a uniswapV2 pool.",
  });
}

async function partOfSupply(chain: Chain, token: Token, part: number): Promise<bigint> {
  const supply = await new LensReader(chain).read(
    read({ address: token.address, abi: erc20Abi, functionName: "totalSupply" }),
  );
  return fraction(Math.round(part * PPM), supply);
}

/** Gives the senders of recorded transactions enough to pay for their place in a block here. */
export async function fundSenders(chain: Chain, flow: readonly RecordedTransaction[]): Promise<void> {
  for (const sender of new Set(flow.map(({ from }) => from))) {
    const { balance } = await chain.account(sender);
    await chain.setBalance(sender, BigInt(balance) + parseEther(SENDER_BONUS));
  }
}

function firstCalls(
  self: Address,
  approvals: readonly Approval[],
  { protocols }: SetupParameters,
): readonly { readonly call: ContractCall; readonly gas: bigint }[] {
  return [
    ...approvals.map((approval) => ({ call: approve(approval), gas: APPROVAL_GAS })),
    ...protocols.flatMap((protocol) => protocol.onboarding(self)).map((made) => ({ call: made, gas: ONBOARDING_GAS })),
  ];
}

function units(amount: number, decimals: number): bigint {
  // toFixed: parseUnits does not read 1e21
  return parseUnits(amount.toFixed(Math.min(decimals, 18)), decimals);
}
