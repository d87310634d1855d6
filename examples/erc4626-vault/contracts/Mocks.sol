// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

import {IYieldSource} from "./YieldVault.sol";

contract MockUsdc is ERC20("USD Coin", "USDC") {
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// @notice Earns a steady income for one vault, and has done so for a week.
contract MockYield is IYieldSource {
    MockUsdc public immutable usdc;
    uint256 public immutable perSecond;
    address public vault;
    uint256 public claimedAt;

    constructor(MockUsdc usdc_, uint256 perSecond_) {
        (usdc, perSecond, claimedAt) = (usdc_, perSecond_, block.timestamp - 7 days);
    }

    function serve(address vault_) external {
        require(vault == address(0), "serves another vault");
        vault = vault_;
    }

    function claim() external returns (uint256 earned) {
        require(msg.sender == vault, "not the vault");
        earned = (block.timestamp - claimedAt) * perSecond;
        claimedAt = block.timestamp;
        usdc.mint(msg.sender, earned);
    }
}
