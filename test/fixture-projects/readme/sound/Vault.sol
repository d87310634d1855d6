// SPDX-License-Identifier: MIT
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";

contract Vault is ERC4626 {
    constructor(IERC20 asset_) ERC20("Vault share", "vUSDC") ERC4626(asset_) {}

    /// @dev a share is a millionth of a unit, so that what a donation adds to it is not worth rounding for
    function _decimalsOffset() internal pure override returns (uint8) {
        return 6;
    }
}
