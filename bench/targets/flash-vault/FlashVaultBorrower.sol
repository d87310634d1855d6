// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC3156FlashBorrower} from "@openzeppelin/contracts/interfaces/IERC3156FlashBorrower.sol";
import {FlashVault} from "./FlashVault.sol";

/// @notice For the proof: borrows, and makes a call of its owner's choice in between.
contract FlashVaultBorrower is IERC3156FlashBorrower {
    FlashVault private immutable vault;

    constructor(FlashVault vault_) {
        vault = vault_;
        IERC20(vault_.asset()).approve(address(vault_), type(uint256).max);
    }

    function borrow(uint256 amount, bytes calldata callInBetween) external {
        vault.flashLoan(this, vault.asset(), amount, callInBetween);
    }

    function redeemAll() external {
        vault.redeem(vault.balanceOf(address(this)), address(this), address(this));
    }

    function onFlashLoan(address, address, uint256, uint256, bytes calldata data) external returns (bytes32) {
        (bool success,) = address(vault).call(data);
        require(success, "call in between failed");
        return keccak256("ERC3156FlashBorrower.onFlashLoan");
    }
}
