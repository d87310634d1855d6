// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {InflatableVaultTest} from "./InflatableVault.t.sol";

contract InflatableVaultFixedTest is InflatableVaultTest {
    function fixture() internal pure override returns (string memory) {
        return "InflatableVault-fixed";
    }
}
