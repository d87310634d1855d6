// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title ExpiringPromiseFixed
/// @notice Its promise can be renewed, and holds for a year without.
contract ExpiringPromiseFixed {
    uint256 internal _until;

    constructor() {
        _until = block.timestamp + _term();
    }

    function renew() external {
        _until = block.timestamp + _term();
    }

    function invariant_promiseHolds() external view returns (bool) {
        return block.timestamp < _until;
    }

    function _term() internal pure virtual returns (uint256) {
        return 365 days;
    }
}

/// @title ExpiringPromise
/// @notice Flawed: it holds for a minute.
contract ExpiringPromise is ExpiringPromiseFixed {
    function _term() internal pure override returns (uint256) {
        return 1 minutes;
    }
}
