import type { AbiParameter, Address } from "viem";

import type { ContractCall } from "./call.js";

import { isAddress } from "viem";

/** Parameters that say who gets what a call gives. */
const BENEFICIARIES = new Set([
  ...["to", "receiver", "recipient", "beneficiary", "dst", "dest", "destination"],
  ...["for", "onbehalf", "onbehalfof", "behalf", "account", "user", "holder", "depositor", "staker", "lender"],
  ...["supplier", "minter", "claimant", "payee", "who", "whom", "controller", "delegatee", "delegate", "newowner"],
]);

/** Parameters that say whose something is, or who may use it. */
const ACCOUNTS = new Set([
  ...BENEFICIARIES,
  "owner",
  "from",
  "src",
  "sender",
  "spender",
  "operator",
  "borrower",
  "payer",
]);

/**
 * Whether an address parameter is an account that acts or is acted for, judged by its name: `receiver`, `onBehalfOf`,
 * `_owner`, `users`. A token, a market or a router is none.
 */
export function namesAccount({ name, internalType }: AbiParameter): boolean {
  // `LoanBox from`, as the compiler notes it: no account, whatever its name
  return internalType?.startsWith("contract ") !== true && ACCOUNTS.has(plainName(name));
}

/** Who a call says shall get what it gives, by the names of its parameters; the sender itself, too, where it is named. */
export function beneficiariesOf({ function: item, args }: ContractCall): readonly Address[] {
  return item.inputs.flatMap((input, index) => addressesIn(input, args[index]));
}

function addressesIn(parameter: AbiParameter, value: unknown): readonly Address[] {
  if (Array.isArray(value) && parameter.type.endsWith("]")) {
    const element = { ...parameter, type: parameter.type.replace(/\[\d*\]$/, "") };
    return value.flatMap((one) => addressesIn(element, one));
  }
  if ("components" in parameter) {
    if (typeof value !== "object" || value === null) return [];
    const fields = value as Readonly<Record<string, unknown>>;
    return parameter.components.flatMap((component, index) =>
      addressesIn(component, Array.isArray(value) ? value[index] : fields[component.name ?? ""]),
    );
  }
  const isBeneficiary = parameter.type === "address" && BENEFICIARIES.has(plainName(parameter.name));
  return isBeneficiary && typeof value === "string" && isAddress(value, { strict: false }) ? [value] : [];
}

/** `_toAddress`, `to_` and `To` are `to`; `users` are each a `user`. */
function plainName(name: string | undefined): string {
  const letters = (name ?? "").toLowerCase().replaceAll(/[^a-z]/g, "");
  const bare = letters.replace(/addr(?:ess(?:es)?)?$/, "");
  return ACCOUNTS.has(bare) ? bare : bare.replace(/s$/, "");
}
