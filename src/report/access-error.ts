/** Whom contracts speak of when they turn a caller away. */
const ROLES = [
  ["owner", "admin", "administrator", "governor", "governance", "gov", "timelock", "dao", "treasury", "guardian"],
  ["keeper", "operator", "manager", "minter", "controller", "authority", "deployer", "authorized", "authorised"],
  ["distributor", "issuer", "pauser", "executor", "proposer", "relayer", "strategist"],
  ["council", "committee", "multisig", "self"],
].flat();

const TURNED_AWAY = [
  // OpenZeppelin's, of all versions
  /^ownable unauthorized account$/,
  /^ownable: caller is not the owner$/,
  /^access control unauthorized account$/,
  /^access control: account .* is missing role /,
  // a contract's own
  /^(.*: )?(caller |sender )?un ?authori[sz]ed( account| caller| sender)?$/,
  new RegExp(`^(.*: )?((caller|sender) )?(is )?(not|only) ?(an? |the )?(${ROLES.join("|")})$`),
];

/**
 * Whether a reason to revert says that the caller does not have a role: `NotOwner()`, `"only treasury"`,
 * `OwnableUnauthorizedAccount(…)`. An allow list (`"not listed"`) is none: users are put on it.
 *
 * @param reason - as it is counted: a quoted text, or the name of a custom error with parentheses
 */
export function isAccessError(reason: string): boolean {
  const custom = /^(\w+)\(.*\)$/.exec(reason)?.[1];
  const words =
    custom === undefined
      ? reason
          .replaceAll('"', "")
          .replace("AccessControl:", "access control:")
          .replace(/^(.*: )?!/, "$1not ")
      : // with or without the contract's name in front: Vault__NotOwner
        custom.replace(/^.*_/, "").replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ");
  const plain = words.toLowerCase().trim();
  return TURNED_AWAY.some((pattern) => pattern.test(plain));
}
