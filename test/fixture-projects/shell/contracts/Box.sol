// SPDX-License-Identifier: MIT
pragma solidity ^0.8.30;

interface IBox {
    function value() external view returns (uint256);
    function set(uint256 newValue) external;
}

/// Anybody may set its value, up to a cap.
contract CappedBox is IBox {
    uint256 public immutable cap;
    uint256 private stored;

    constructor(uint256 cap_) {
        cap = cap_;
    }

    function value() external view returns (uint256) {
        return stored;
    }

    function set(uint256 newValue) external {
        require(newValue <= cap, "above the cap");
        stored = newValue;
    }
}

/// The same functions without the check: only its code tells it from CappedBox.
contract LeakyBox is IBox {
    uint256 public immutable cap;
    uint256 private stored;

    constructor(uint256 cap_) {
        cap = cap_;
    }

    function value() external view returns (uint256) {
        return stored;
    }

    function set(uint256 newValue) external {
        stored = newValue;
    }
}

/// No call of it succeeds.
contract LockedBox is IBox {
    uint256 public immutable cap;
    uint256 private stored;

    constructor(uint256 cap_) {
        cap = cap_;
    }

    function value() external view returns (uint256) {
        return stored;
    }

    function set(uint256 newValue) external {
        stored = newValue;
        require(cap > type(uint128).max, "locked");
    }
}

/// The only contract with this function.
contract Lonely {
    function alone() external pure returns (bool) {
        return true;
    }
}
