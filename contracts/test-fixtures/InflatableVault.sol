// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @notice A plain ERC-4626 vault: it holds an asset and issues shares of it.
abstract contract InflatableVaultBase is ERC20, IERC4626 {
    using SafeERC20 for IERC20;
    using Math for uint256;

    IERC20 private immutable _asset;
    uint8 private immutable _decimals;

    /// @notice The caller has no allowance for that many of the owner's shares, or the owner does not have them.
    error MoreThanMax();

    constructor(IERC20 asset_, uint8 decimals_) ERC20("Inflatable vault share", "INF") {
        _asset = asset_;
        _decimals = decimals_;
    }

    /// @dev Shares and assets that are counted although no account owns them. They decide who loses when a conversion
    /// rounds: the more virtual shares, the more expensive it is to inflate the share price.
    function _virtual() internal pure virtual returns (uint256 shares, uint256 assets);

    function decimals() public view override(ERC20, IERC20Metadata) returns (uint8) {
        return _decimals;
    }

    function asset() public view returns (address) {
        return address(_asset);
    }

    function totalAssets() public view returns (uint256) {
        return _asset.balanceOf(address(this));
    }

    function convertToShares(uint256 assets) public view returns (uint256) {
        return _toShares(assets, Math.Rounding.Floor);
    }

    function convertToAssets(uint256 shares) public view returns (uint256) {
        return _toAssets(shares, Math.Rounding.Floor);
    }

    function maxDeposit(address) external pure returns (uint256) {
        return type(uint256).max;
    }

    function maxMint(address) external pure returns (uint256) {
        return type(uint256).max;
    }

    function maxWithdraw(address owner) public view returns (uint256) {
        return convertToAssets(balanceOf(owner));
    }

    function maxRedeem(address owner) public view returns (uint256) {
        return balanceOf(owner);
    }

    function previewDeposit(uint256 assets) public view returns (uint256) {
        return _toShares(assets, Math.Rounding.Floor);
    }

    function previewMint(uint256 shares) public view returns (uint256) {
        return _toAssets(shares, Math.Rounding.Ceil);
    }

    function previewWithdraw(uint256 assets) public view returns (uint256) {
        return _toShares(assets, Math.Rounding.Ceil);
    }

    function previewRedeem(uint256 shares) public view returns (uint256) {
        return _toAssets(shares, Math.Rounding.Floor);
    }

    function deposit(uint256 assets, address receiver) external returns (uint256 shares) {
        shares = previewDeposit(assets);
        _enter(assets, shares, receiver);
    }

    function mint(uint256 shares, address receiver) external returns (uint256 assets) {
        assets = previewMint(shares);
        _enter(assets, shares, receiver);
    }

    function withdraw(uint256 assets, address receiver, address owner) external returns (uint256 shares) {
        if (assets > maxWithdraw(owner)) revert MoreThanMax();
        shares = previewWithdraw(assets);
        _leave(assets, shares, receiver, owner);
    }

    function redeem(uint256 shares, address receiver, address owner) external returns (uint256 assets) {
        if (shares > maxRedeem(owner)) revert MoreThanMax();
        assets = previewRedeem(shares);
        _leave(assets, shares, receiver, owner);
    }

    function _enter(uint256 assets, uint256 shares, address receiver) private {
        _asset.safeTransferFrom(msg.sender, address(this), assets);
        _mint(receiver, shares);
        emit Deposit(msg.sender, receiver, assets, shares);
    }

    function _leave(uint256 assets, uint256 shares, address receiver, address owner) private {
        if (msg.sender != owner) _spendAllowance(owner, msg.sender, shares);
        _burn(owner, shares);
        _asset.safeTransfer(receiver, assets);
        emit Withdraw(msg.sender, receiver, owner, assets, shares);
    }

    function _toShares(uint256 assets, Math.Rounding rounding) private view returns (uint256) {
        (uint256 supply, uint256 total) = _pool();
        return supply == 0 ? assets : assets.mulDiv(supply, total, rounding);
    }

    function _toAssets(uint256 shares, Math.Rounding rounding) private view returns (uint256) {
        (uint256 supply, uint256 total) = _pool();
        return supply == 0 ? shares : shares.mulDiv(total, supply, rounding);
    }

    function _pool() private view returns (uint256 supply, uint256 total) {
        (supply, total) = _virtual();
        supply += totalSupply();
        total += totalAssets();
    }
}

/// @title InflatableVault
/// @notice FLAW: the first depositor can make a share as expensive as the next depositor's whole deposit, by a small deposit
/// and a donation. The next deposit then rounds down to zero shares, and belongs to the first depositor.
contract InflatableVault is InflatableVaultBase {
    constructor(IERC20 asset_, uint8 decimals_) InflatableVaultBase(asset_, decimals_) {}

    function _virtual() internal pure override returns (uint256 shares, uint256 assets) {
        return (0, 0);
    }
}

/// @title InflatableVaultFixed
/// @notice The twin: a million virtual shares, as in OpenZeppelin's ERC4626 with a decimals offset of 6.
contract InflatableVaultFixed is InflatableVaultBase {
    constructor(IERC20 asset_, uint8 decimals_) InflatableVaultBase(asset_, decimals_) {}

    function _virtual() internal pure override returns (uint256 shares, uint256 assets) {
        return (1e6, 1);
    }
}
