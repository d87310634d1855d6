// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title PauseLedger
/// @notice Two flaws behind one door: once the ledger was opened and then armed, a small amount leaves a cosmetic mark, and a
/// large one empties it. FLAW: `sweep` asks for no permission. A minimiser that only looks at the condition turns the loss
/// into the mark, which takes a smaller amount.
contract PauseLedger {
    address internal immutable OWNER = msg.sender;

    bool public isOpen;
    bool public isArmed;
    bool public isMarked;
    uint256 public balance = 1e24;

    function open() external {
        isOpen = true;
    }

    function arm() external {
        if (isOpen) isArmed = true;
    }

    function sweep(uint256 amount) external {
        _checkSweeper();
        if (!isArmed) return;
        if (amount >= 1e3) balance = 0;
        else if (amount > 1) isMarked = true;
    }

    /// @notice Comes first in the ABI, and matters least.
    function invariant_aNoMark() external view returns (bool) {
        return !isMarked;
    }

    function invariant_bNothingIsLost() external view returns (bool) {
        return balance > 0;
    }

    function _checkSweeper() internal view virtual {}
}

/// @title PauseLedgerFixed
/// @notice The twin: only the owner sweeps.
contract PauseLedgerFixed is PauseLedger {
    function _checkSweeper() internal view override {
        require(msg.sender == OWNER);
    }
}
