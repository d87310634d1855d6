// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice A ledger whose total must not exceed its limit.
abstract contract LedgerBase {
    mapping(address account => uint256) public balanceOf;
    uint256 public total;

    event Entered(address indexed account, uint256 amount);

    error NotListed(address account);

    function enter(uint256 amount) external {
        requireListed();
        balanceOf[msg.sender] = amount % 1e30;
        total += amount % 1e30;
        emit Entered(msg.sender, amount);
    }

    function invariant_totalIsSmall() external view returns (bool) {
        return total <= limit();
    }

    function limit() internal pure virtual returns (uint256);

    function requireListed() internal view virtual;
}

/// @title AllowListedLedger
/// @notice FLAW: the first entry exceeds the limit. No account is on the list, though, so a siege of it says nothing.
contract AllowListedLedger is LedgerBase {
    mapping(address account => bool) public isListed;

    address private immutable OWNER = msg.sender;

    function list(address account) external {
        if (msg.sender != OWNER) revert NotListed(msg.sender);
        isListed[account] = true;
    }

    function limit() internal pure override returns (uint256) {
        return 0;
    }

    function requireListed() internal view override {
        if (!isListed[msg.sender]) revert NotListed(msg.sender);
    }
}

/// @title OpenLedger
/// @notice The twin: open to anyone, with a limit that no entry exceeds.
contract OpenLedger is LedgerBase {
    function limit() internal pure override returns (uint256) {
        return type(uint256).max;
    }

    function requireListed() internal view override {}
}

/// @title LedgerEntry
/// @notice Enters amounts into a ledger on behalf of its callers.
contract LedgerEntry {
    LedgerBase private immutable LEDGER;

    constructor(LedgerBase ledger) {
        LEDGER = ledger;
    }

    function go(uint256 amount) external {
        LEDGER.enter(amount);
    }
}
