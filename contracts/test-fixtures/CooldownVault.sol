// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";

/// @title CooldownVaultFixed
/// @notice Who deposits cannot redeem for three blocks.
contract CooldownVaultFixed is ERC4626 {
    uint256 internal constant COOLDOWN = 36 seconds;

    mapping(address account => uint256) public unlockedAt;

    error CoolingDown();

    constructor(IERC20 asset_) ERC20("Cooldown vault share", "COOL") ERC4626(asset_) {}

    function _deposit(address caller, address receiver, uint256 assets, uint256 shares) internal override {
        super._deposit(caller, receiver, assets, shares);
        if (_locks(caller, receiver)) unlockedAt[receiver] = block.timestamp + COOLDOWN;
    }

    function _withdraw(address caller, address receiver, address owner, uint256 assets, uint256 shares) internal override {
        if (block.timestamp < unlockedAt[owner]) revert CoolingDown();
        super._withdraw(caller, receiver, owner, assets, shares);
    }

    function _locks(address caller, address receiver) internal pure virtual returns (bool) {
        return caller == receiver;
    }
}

/// @title CooldownVault
/// @notice Flawed: anybody's deposit begins the cooldown of whoever it is for.
contract CooldownVault is CooldownVaultFixed {
    constructor(IERC20 asset_) CooldownVaultFixed(asset_) {}

    function _locks(address, address) internal pure override returns (bool) {
        return true;
    }
}
