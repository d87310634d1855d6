// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SpotLendingVaultTest} from "./SpotLendingVault.t.sol";

contract SpotLendingVaultFixedTest is SpotLendingVaultTest {
    function fixture() internal pure override returns (string memory) {
        return "SpotLendingVault-fixed";
    }
}
