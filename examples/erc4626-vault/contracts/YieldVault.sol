// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";

/// @notice Where the vault's yield comes from.
interface IYieldSource {
    /// @notice Pays the caller all that it has earned since the last time, in the vault's asset.
    function claim() external returns (uint256 earned);
}

/// @notice An ERC-4626 vault whose yield has to be harvested, by whoever calls.
contract YieldVault is ERC4626 {
    IYieldSource public immutable source;

    constructor(IERC20 asset_, IYieldSource source_) ERC20("Yield vault share", "YVS") ERC4626(asset_) {
        source = source_;
    }

    /// @dev FLAW: a week's yield is in the share price the moment it is harvested. Whoever deposits just before the
    /// harvest, and redeems just after it, takes most of what the depositors of that week have earned.
    function harvest() public virtual returns (uint256 earned) {
        earned = source.claim();
    }
}

/// @notice The fix: what is harvested enters the share price evenly over the week that follows, and only then comes the next
/// harvest.
contract YieldVaultFixed is YieldVault {
    uint256 public constant UNLOCK = 7 days;

    /// @notice What the last harvest brought, and when all of it is in the share price.
    uint256 public harvested;
    uint256 public unlockedAt;

    error NotYet();

    constructor(IERC20 asset_, IYieldSource source_) YieldVault(asset_, source_) {}

    function harvest() public override returns (uint256 earned) {
        if (block.timestamp < unlockedAt) revert NotYet();
        earned = super.harvest();
        (harvested, unlockedAt) = (earned, block.timestamp + UNLOCK);
    }

    /// @notice Yield that nobody's shares are worth yet.
    function locked() public view returns (uint256) {
        return block.timestamp >= unlockedAt ? 0 : (harvested * (unlockedAt - block.timestamp)) / UNLOCK;
    }

    function totalAssets() public view override returns (uint256) {
        return super.totalAssets() - locked();
    }
}
