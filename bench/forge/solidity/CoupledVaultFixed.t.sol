// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {CoupledVaultTest} from "./CoupledVault.t.sol";

contract CoupledVaultFixedTest is CoupledVaultTest {
    function fixture() internal pure override returns (string memory) {
        return "CoupledVault-fixed";
    }
}
