// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LeveragedVaultTest} from "./LeveragedVault.t.sol";

contract LeveragedVaultFixedTest is LeveragedVaultTest {
    function fixture() internal pure override returns (string memory) {
        return "LeveragedVault-fixed";
    }
}
