// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice A vault whose solvency is read from two views.
abstract contract BrickableVaultBase {
    bool private dead;
    uint256 public touched;

    error Dead();

    function brick() external {
        requireAllowed();
        dead = true;
    }

    function touch() external {
        touched += 1;
    }

    function totalAssets() external view returns (uint256) {
        return amount();
    }

    function totalLiabilities() external view returns (uint256) {
        return amount();
    }

    function amount() private view returns (uint256) {
        if (dead) revert Dead();
        return 100;
    }

    function requireAllowed() internal view virtual;
}

/// @title BrickableVault
/// @notice FLAW: anyone can make its views revert for good, so that its solvency can no longer be judged.
contract BrickableVault is BrickableVaultBase {
    function requireAllowed() internal view override {}
}

/// @title BrickableVaultFixed
/// @notice The twin: only its owner can.
contract BrickableVaultFixed is BrickableVaultBase {
    address private immutable OWNER = msg.sender;

    function requireAllowed() internal view override {
        if (msg.sender != OWNER) revert Dead();
    }
}
