import { expect } from "chai";

import { isAccessError } from "../../../src/report/access-error.js";

describe("the errors of those who lack a role", () => {
  const roles = [
    "OwnableUnauthorizedAccount(…)",
    "AccessControlUnauthorizedAccount(…)",
    '"Ownable: caller is not the owner"',
    '"AccessControl: account 0x70997970c51812dc3a010c7d01b50e0d17dc79c8 is missing role 0x00"',
    "NotOwner()",
    "NotDistributor()",
    "OnlyGovernance()",
    "OnlySelf()",
    "Unauthorized()",
    "Vault__NotOwner()",
    "CallerIsNotTheAdmin(…)",
    '"not treasury"',
    '"only owner"',
    '"Vault: !governor"',
    '"UNAUTHORIZED"',
  ];
  const others = [
    '"not listed"',
    '"not enough"',
    '"paused"',
    "NotTokenOwner()",
    "ERC721InsufficientApproval(…)",
    '"ERC721: caller is not token owner or approved"',
    '"not owner of the position"',
    "no reason given",
    "unknown error 0x30cd7471",
    "panic: division by zero",
  ];

  for (const reason of roles) {
    it(`has ${reason}`, () => {
      expect(isAccessError(reason)).to.equal(true);
    });
  }

  for (const reason of others) {
    it(`does not have ${reason}`, () => {
      expect(isAccessError(reason)).to.equal(false);
    });
  }
});
