// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {OptionsVaultTest} from "./OptionsVault.t.sol";

contract OptionsVaultFixedTest is OptionsVaultTest {
    function fixture() internal pure override returns (string memory) {
        return "OptionsVault-fixed";
    }
}
