// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice An ERC-4626 vault with a gate against runs: it closes once depositors have left, for the first time and with
/// everything, in three different blocks. Only its owner can reopen it.
abstract contract GatedVaultBase is ERC4626 {
    uint256 private constant TOO_MANY = 3;

    mapping(address account => bool) public hasLeft;
    /// @notice Blocks in which a depositor left.
    uint256 public exits;
    uint256 private _last;

    error Gated();

    constructor(IERC20 usdc_) ERC20("Gated vault share", "GATED") ERC4626(usdc_) {}

    function isClosed() public view returns (bool) {
        return exits >= TOO_MANY;
    }

    function _deposit(address caller, address receiver, uint256 assets, uint256 shares) internal override {
        if (isClosed()) revert Gated();
        super._deposit(caller, receiver, assets, shares);
    }

    function _withdraw(
        address caller,
        address receiver,
        address owner,
        uint256 assets,
        uint256 shares
    ) internal override {
        requireOpen();
        super._withdraw(caller, receiver, owner, assets, shares);
        // an account without shares does not leave, whatever it says
        if (shares == 0 || balanceOf(owner) > 0 || hasLeft[owner]) return;
        hasLeft[owner] = true;
        if (block.number == _last) return;
        _last = block.number;
        exits++;
    }

    function requireOpen() internal view virtual;
}

/// @title GatedVault
/// @notice FLAW: a closed gate locks every depositor in. Anyone who fears that has a reason to run (Cipriani, Martin, McCabe
/// and Parigi 2014, "Gates, Fees, and Preemptive Runs").
contract GatedVault is GatedVaultBase {
    constructor(IERC20 usdc_) GatedVaultBase(usdc_) {}

    /// @inheritdoc GatedVaultBase
    function requireOpen() internal view override {
        if (isClosed()) revert Gated();
    }
}

/// @title GatedVaultFixed
/// @notice The twin: a closed gate blocks deposits only.
contract GatedVaultFixed is GatedVaultBase {
    constructor(IERC20 usdc_) GatedVaultBase(usdc_) {}

    /// @inheritdoc GatedVaultBase
    function requireOpen() internal pure override {}
}
