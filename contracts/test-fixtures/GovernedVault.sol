// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title GovernedVault
/// @notice A vault whose owner, a timelock, may move all of it to a successor.
contract GovernedVault is ERC4626, Ownable {
    using SafeERC20 for IERC20;

    constructor(IERC20 asset_, address owner_) ERC4626(asset_) ERC20("Governed vault", "GVT") Ownable(owner_) {}

    /// @notice Sends everything to another vault.
    function migrate(address successor) external onlyOwner {
        IERC20(asset()).safeTransfer(successor, totalAssets());
    }
}
