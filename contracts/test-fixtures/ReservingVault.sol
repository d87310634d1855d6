// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";

/// @title ReservingVault
/// @notice A vault that withholds a reserve from withdrawals. FLAW: any account may raise the reserve, and then the last
/// depositors cannot redeem, although the vault has every unit that it owes them.
contract ReservingVault is ERC4626 {
    address internal immutable OWNER = msg.sender;

    /// @notice The amount that has to stay in the vault.
    uint256 public reserved;

    error Reserved();

    constructor(IERC20 asset_) ERC4626(asset_) ERC20("Reserving vault", "RES") {}

    /// @notice Raises the reserve.
    function reserve(uint256 amount) external {
        _checkReserver();
        reserved += amount;
    }

    /// @notice For property-based testing: the vault holds its reserve.
    function invariant_theReserveIsThere() external view {
        assert(reserved <= totalAssets());
    }

    function _checkReserver() internal view virtual {}

    function _withdraw(address caller, address receiver, address owner, uint256 assets, uint256 shares)
        internal
        override
    {
        if (totalAssets() < assets + reserved) revert Reserved();
        super._withdraw(caller, receiver, owner, assets, shares);
    }
}

/// @title ReservingVaultFixed
/// @notice The twin: only the owner may raise the reserve.
contract ReservingVaultFixed is ReservingVault {
    constructor(IERC20 asset_) ReservingVault(asset_) {}

    function _checkReserver() internal view override {
        require(msg.sender == OWNER);
    }
}
