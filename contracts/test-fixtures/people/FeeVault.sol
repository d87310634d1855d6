// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @notice A vault with fees: one per cent of what is withdrawn stays in it, and a tenth of its gains becomes shares of its
/// manager. The manager may report a loss.
abstract contract FeeVaultBase is ERC4626 {
    using SafeERC20 for IERC20;

    address public immutable manager;

    /// @notice What it had at the last harvest.
    uint256 public harvested;

    /// @notice The losses that its manager has reported.
    uint256 public totalLosses;

    constructor(IERC20 asset_, address manager_) ERC20("Fee vault share", "FEE") ERC4626(asset_) {
        manager = manager_;
    }

    /// @notice Gives the manager its part of what was gained since the last harvest.
    function harvest() external {
        uint256 assets = totalAssets();
        if (assets > harvested) {
            uint256 fee = (assets - harvested) / 10;
            _mint(manager, Math.mulDiv(fee, totalSupply() + 1, assets - fee + 1));
        }
        harvested = assets;
    }

    /// @notice A strategy has lost something.
    function report(uint256 loss) external {
        require(msg.sender == manager, "only the manager");
        totalLosses += loss;
        IERC20(asset()).safeTransfer(address(0xdead), loss);
    }

    function previewRedeem(uint256 shares) public view override returns (uint256) {
        uint256 assets = super.previewRedeem(shares);
        return assets - Math.ceilDiv(assets, 100);
    }

    function previewWithdraw(uint256 assets) public view override returns (uint256) {
        return super.previewWithdraw(Math.ceilDiv(assets * 100, 99));
    }

    function _deposit(address caller, address receiver, uint256 assets, uint256 shares) internal override {
        super._deposit(caller, receiver, assets, shares);
        _moved(int256(assets));
    }

    function _withdraw(address caller, address receiver, address owner, uint256 assets, uint256 shares) internal override {
        super._withdraw(caller, receiver, owner, assets, shares);
        _moved(-int256(assets));
    }

    /// @dev What users bring and take is no gain.
    function _moved(int256 assets) internal virtual;
}

/// @title FeeVault
/// @notice FLAW: a deposit counts as a gain, so that whoever deposits and harvests takes a tenth of it from all others.
contract FeeVault is FeeVaultBase {
    constructor(IERC20 asset_, address manager_) FeeVaultBase(asset_, manager_) {}

    function _moved(int256) internal override {}
}

/// @title FeeVaultFixed
/// @notice The twin: deposits and withdrawals move the mark from which gains are counted.
contract FeeVaultFixed is FeeVaultBase {
    constructor(IERC20 asset_, address manager_) FeeVaultBase(asset_, manager_) {}

    function _moved(int256 assets) internal override {
        int256 mark = int256(harvested) + assets;
        harvested = mark > 0 ? uint256(mark) : 0;
    }
}
