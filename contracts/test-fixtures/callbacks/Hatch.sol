// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

interface IHatched {
    function onHatch(uint256 count) external;
}

/// @title Hatch
/// @notice Accepts more while it calls back than it does otherwise.
contract Hatch {
    /// What may be taken now.
    uint256 public limit = 10;
    uint256 public taken;
    uint256 public lent;
    uint256 public passed;
    uint256 private tenths;
    bool private isOpen;

    /// Calls back three times; in the second, most may be taken.
    function open() external {
        isOpen = true;
        for (uint256 count = 1; count <= 3; count++) {
            limit = count == 2 ? 5_000 : 1_000;
            IHatched(msg.sender).onHatch(count);
        }
        limit = 10;
        isOpen = false;
    }

    /// Calls back and ends as it began: what is taken meanwhile undoes it.
    function watch() external {
        uint256 before = taken;
        IHatched(msg.sender).onHatch(0);
        require(taken == before, "taken meanwhile");
        passed += 1;
    }

    /// Has to be given back in the callback, with a tenth of it as fee, up to 900.
    function lend(uint256 amount) external {
        require(amount > 0 && amount <= 900, "too much");
        lent = amount;
        tenths = 11;
        IHatched(msg.sender).onHatch(amount);
        require(lent == 0, "not given back");
        passed += 1;
    }

    /// The same without a fee.
    function lendFreely(uint256 amount) external {
        require(amount > 0 && amount <= 900, "too much");
        lent = amount;
        tenths = 10;
        IHatched(msg.sender).onHatch(amount);
        require(lent == 0, "not given back");
    }

    function give(uint256 amount) external {
        require(10 * amount >= tenths * lent && lent > 0, "too little");
        require(amount <= 2_000, "too much");
        lent = 0;
    }

    function take(uint256 amount) external {
        require(amount <= limit, "too much");
        limit -= amount;
        taken += amount;
    }

    /// The same with an error code.
    function takeOrSay(uint256 amount) external returns (uint256) {
        if (amount > limit) return 4;
        limit -= amount;
        taken += amount;
        return 0;
    }

    /// Calls back as well, and says whether something was taken.
    function openOrSay() external returns (uint256) {
        uint256 before = taken;
        limit = 500;
        IHatched(msg.sender).onHatch(0);
        limit = 10;
        return taken > before + 300 ? 9 : 0;
    }

    /// Only outside.
    function close() external {
        require(!isOpen, "open");
        passed += 1;
    }

    function call() external {
        passed += 1;
    }
}
