import type { AbiParameter, Address } from "viem";

import type { Operands } from "./operands.js";
import type { Surroundings } from "./surroundings.js";

import { zeroAddress } from "viem";

import { namesAccount } from "../../protocols/beneficiary.js";
import { isSameAddress } from "../../quantity/address.js";
import { choose } from "../../quantity/share.js";

/** Operands of an address. */
export const ACCOUNT_OPERANDS = 2;

/** Whom an address names: by its parameter's name an account, or a contract. */
const OF_ACCOUNT = { self: 50, account: 26, known: 14, contract: 7, zero: 3 };
const OF_CONTRACT = { token: 36, contract: 24, known: 24, self: 10, account: 6 };

/** Where the name does not tell. */
const OF_EITHER = { self: 40, account: 24, known: 14, token: 10, contract: 9, zero: 3 };

/** The weight of what contracts call by the parameter's name, if there is any. */
const NAMED = 100;

/** The weight of contracts that were created, where the type of a parameter says that it is one of these. */
const CREATED = 200;

/** Parameters that are contracts. */
const CONTRACTS =
  /token|asset|pool|market|vault|oracle|feed|contract|router|adapter|strategy|collateral|currency|pair|factory|impl|target|module|reward|coin/i;

/**
 * An address: the caller itself, an account of the scenario, a contract, or one that a view or an event named, above all what
 * contracts call by the parameter's name. Who acts for itself alone names contracts, but no other account.
 */
export function account(parameter: AbiParameter, operands: Operands, surroundings: Surroundings): Address {
  const { target, tokens, context } = surroundings;
  const { self, known } = context;
  const children = createdAs(parameter, context);
  const isAccount = namesAccount(parameter);
  const isContract = !isAccount && CONTRACTS.test(parameter.name ?? "");
  const named = isAccount ? [] : known.named(parameter.name ?? "");
  const sources = isAccount ? OF_ACCOUNT : isContract ? OF_CONTRACT : OF_EITHER;
  const source = operands.kind<string>({
    ...sources,
    ...(named.length === 0 ? {} : { named: NAMED }),
    ...(children.length === 0 ? {} : { created: CREATED }),
  });
  const which = operands.next();
  const contracts = [target, ...tokens.map(({ address }) => address), ...context.contracts.values()];
  const lists: Readonly<Record<string, readonly Address[]>> = {
    self: [self],
    account: [...new Set(context.accounts.values())],
    token: tokens.map(({ address }) => address),
    contract: [...new Set(contracts)],
    known: known.addresses,
    named,
    created: children,
    zero: [zeroAddress],
  };
  const chosen = choose(which, lists[source] ?? []) ?? choose(which, isAccount ? [self] : contracts) ?? self;
  if (context.actsFor !== "itself" || children.includes(chosen)) return chosen;
  return isAccount || !contracts.some((one) => isSameAddress(one, chosen)) ? self : chosen;
}

/** The contracts with the code that a parameter's type names, as the compiler notes it: `contract Box` or `contract IBox`. */
function createdAs(parameter: AbiParameter, { created }: Surroundings["context"]): readonly Address[] {
  const [, name] = /^contract (?:.*\.)?(\w+)$/.exec(parameter.internalType ?? "") ?? [];
  if (name === undefined) return [];
  return created?.get(name) ?? (/^I[A-Z]/.test(name) ? created?.get(name.slice(1)) : undefined) ?? [];
}
