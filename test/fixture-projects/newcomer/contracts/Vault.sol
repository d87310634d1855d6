// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Erc20} from "./Mocks.sol";

interface IERC20 {
    function balanceOf(address account) external view returns (uint256);
    function transfer(address to, uint256 value) external returns (bool);
    function transferFrom(address from, address to, uint256 value) external returns (bool);
}

/// An ERC-4626 vault, as small as it gets.
contract SoundVault is Erc20 {
    IERC20 public immutable asset;

    constructor(IERC20 asset_) Erc20("vUSDC", 18) {
        asset = asset_;
    }

    function totalAssets() public view returns (uint256) {
        return asset.balanceOf(address(this));
    }

    function convertToShares(uint256 assets) public view returns (uint256) {
        return assets * (totalSupply + 1e6) / (totalAssets() + 1);
    }

    function convertToAssets(uint256 shares) public view returns (uint256) {
        return shares * (totalAssets() + 1) / (totalSupply + 1e6);
    }

    function previewRedeem(uint256 shares) external view returns (uint256) {
        return convertToAssets(shares);
    }

    function deposit(uint256 assets, address receiver) external returns (uint256 shares) {
        shares = convertToShares(assets);
        asset.transferFrom(msg.sender, address(this), assets);
        _mint(receiver, shares);
    }

    function redeem(uint256 shares, address receiver, address owner) external returns (uint256 assets) {
        if (owner != msg.sender) allowance[owner][msg.sender] -= shares;
        assets = convertToAssets(shares);
        balanceOf[owner] -= shares;
        totalSupply -= shares;
        emit Transfer(owner, address(0), shares);
        asset.transfer(receiver, assets);
    }
}

/// The planted flaw: anybody may skim it.
contract Vault is SoundVault {
    constructor(IERC20 asset_) SoundVault(asset_) {}

    function skim() external {
        asset.transfer(msg.sender, asset.balanceOf(address(this)) / 2);
    }
}

/// The same, under another name.
contract Reserve is Vault {
    string public constant name = "reserve";

    constructor(IERC20 asset_) Vault(asset_) {}
}
