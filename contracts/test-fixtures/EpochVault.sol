// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";

/// @title EpochVaultFixed
/// @notice Shares can be redeemed in the last block of every epoch of three blocks.
contract EpochVaultFixed is ERC4626 {
    uint256 internal constant EPOCH = 3;

    uint256 internal _opened = block.number;

    error Closed();

    constructor(IERC20 asset_) ERC20("Epoch vault share", "EPOCH") ERC4626(asset_) {}

    function isOpen() public view returns (bool) {
        return block.number > _opened && (block.number - _opened) % EPOCH == 0;
    }

    function _withdraw(address caller, address receiver, address owner, uint256 assets, uint256 shares) internal override {
        if (!isOpen()) revert Closed();
        super._withdraw(caller, receiver, owner, assets, shares);
    }
}

/// @title EpochVault
/// @notice Flawed: every deposit begins a new epoch, of everybody.
contract EpochVault is EpochVaultFixed {
    constructor(IERC20 asset_) EpochVaultFixed(asset_) {}

    function _deposit(address caller, address receiver, uint256 assets, uint256 shares) internal override {
        super._deposit(caller, receiver, assets, shares);
        _opened = block.number;
    }
}
