// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20FlashMint} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20FlashMint.sol";

/// @title FlashMintToken
/// @notice A token that anybody may mint for the length of a transaction (ERC-3156), for a tenth of a per cent.
contract FlashMintToken is ERC20FlashMint {
    constructor(address owner) ERC20("Flash mint", "FLASH") {
        _mint(owner, 1_000_000e18);
    }

    function _flashFee(address, uint256 amount) internal pure override returns (uint256) {
        return amount / 1_000;
    }
}
