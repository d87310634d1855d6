import type { Address } from "viem";

import type { LensReader } from "../../../engine/chain/lens-reader.js";
import type { Proposal } from "../../../risk/proposal/proposal.js";
import type { NodeRequest } from "../../flow/contract-reader.js";
import type { Votable } from "./ballot.js";

import { SiegeError } from "../../../errors.js";
import { distinctAddresses } from "../../../quantity/address.js";

import { bravo } from "./bravo.js";
import { openZeppelin } from "./open-zeppelin.js";
import { votersInEvents } from "./voters.js";

/** What proposals are looked at with. */
interface Looking {
  readonly reader: LensReader;
  /** The latest block. */
  readonly latest: number;
  readonly request: NodeRequest;
  /** Whom the user named. */
  readonly voters: readonly Address[] | undefined;
}

/**
 * Whether and how a proposal can be voted on.
 *
 * @returns `undefined` if it has no governor
 * @throws SiegeError `PROPOSAL_REFUSED` if its governor has other calls under its id
 */
export async function votableOf(
  { name, governor, stored, id }: Proposal,
  { reader, latest, request, voters: named }: Looking,
): Promise<Votable | { readonly unvoted: string } | undefined> {
  if (governor === undefined) return undefined;
  if (stored === undefined) return { unvoted: "it is a payload of Aave's, whose votes are held on another chain" };
  const governing = (await openZeppelin({ reader, governor })) ?? (await bravo({ reader, governor }));
  if (governing === undefined) {
    return { unvoted: `${governor} is neither OpenZeppelin's Governor with a token nor Governor Bravo` };
  }
  const isThere = id !== undefined && (await governing.voted(id)) !== undefined;
  if (isThere && !(await governing.isOf(id, stored))) {
    throw new SiegeError("PROPOSAL_REFUSED", {
      message: `The proposal "${name}" is not what its governor ${governor} has under the id ${id}.`,
      hint: "Its targets, values, signatures and calldatas must be those of ProposalCreated, and of OpenZeppelin's Governor the whole description, too.",
    });
  }
  const { accounts, lack } =
    named === undefined ? await votersInEvents(governing, latest, request) : { accounts: named, lack: undefined };
  const proposer = stored.proposer === undefined || named !== undefined ? [] : [stored.proposer];
  return {
    stored,
    governing,
    ...(id === undefined ? {} : { id }),
    voters: distinctAddresses([...proposer, ...accounts]),
    named: named !== undefined,
    ...(lack === undefined ? {} : { lack }),
  };
}
