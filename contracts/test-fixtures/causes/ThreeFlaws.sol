// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title ThreeFlaws
/// @notice FLAWS, none of which has to do with another: a fee without a bound, a cap that does not hold for the second
/// deposit, and a lock that anyone may take for ever. The third needs a deposit that the first two also make.
contract ThreeFlaws {
    address internal immutable OWNER = msg.sender;

    uint256 public constant CAP = 5_000e6;

    uint256 public fee;
    uint256 public deposits;
    uint256 public lockedUntil;

    function setFee(uint256 parts) external {
        _check();
        fee = parts;
    }

    function deposit(uint256 amount) external {
        if (_isGuarded()) require(deposits + amount <= CAP);
        else require(amount <= CAP);
        deposits += amount;
    }

    function lock(uint256 blocks) external {
        _check();
        if (deposits > 0 && blocks > 0) lockedUntil = type(uint256).max;
    }

    function invariant_feeIsBounded() external view returns (bool) {
        return fee <= 1e6;
    }

    function invariant_capHolds() external view returns (bool) {
        return deposits <= CAP;
    }

    function invariant_lockEnds() external view returns (bool) {
        return lockedUntil < type(uint256).max;
    }

    function _check() internal view virtual {}

    function _isGuarded() internal pure virtual returns (bool) {
        return false;
    }
}

/// @title ThreeFlawsFixed
/// @notice The twin: the owner sets fees and locks, and the cap counts all deposits.
contract ThreeFlawsFixed is ThreeFlaws {
    function _check() internal view override {
        require(msg.sender == OWNER);
    }

    function _isGuarded() internal pure override returns (bool) {
        return true;
    }
}
