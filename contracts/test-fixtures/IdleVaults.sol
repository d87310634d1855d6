// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice A ledger with a cap. Amounts of nothing are accepted at any cap, and change nothing.
abstract contract CappedLedgerBase {
    mapping(address account => uint256) public balanceOf;
    mapping(address account => mapping(address operator => bool)) public isOperator;
    uint256 public total;

    error AboveCap(uint256 cap);

    event Deposited(address indexed account, uint256 amount);

    function deposit(uint256 amount) external {
        if (amount > cap() || total + amount > cap()) revert AboveCap(cap());
        total += amount;
        balanceOf[msg.sender] += amount;
        emit Deposited(msg.sender, amount);
    }

    function setApprovalForAll(address operator, bool approved) external {
        isOperator[msg.sender][operator] = approved;
    }

    function setOperator(address operator, bool approved) external {
        isOperator[msg.sender][operator] = approved;
    }

    function invariant_totalIsBelowCap() external view returns (bool) {
        return total <= cap();
    }

    function cap() public pure virtual returns (uint256);
}

/// @title ClosedLedger
/// @notice Its cap is nothing: deposits of nothing succeed, and a siege of it says nothing.
contract ClosedLedger is CappedLedgerBase {
    function cap() public pure override returns (uint256) {
        return 0;
    }
}

/// @title CappedLedger
/// @notice The twin, which takes deposits.
contract CappedLedger is CappedLedgerBase {
    function cap() public pure override returns (uint256) {
        return 1e30;
    }
}

/// @notice Lends a token against nothing, and books interest with every call. Repayments of nothing are accepted.
abstract contract LoanDeskBase {
    IERC20 public immutable token;
    mapping(address account => uint256) public debtOf;
    uint256 public accruedUntil;

    error Closed();

    constructor(IERC20 token_) {
        token = token_;
    }

    function borrow(uint256 amount) external {
        if (!isOpen()) revert Closed();
        debtOf[msg.sender] += amount;
    }

    function repay(uint256 amount) external {
        accruedUntil = block.timestamp;
        uint256 debt = debtOf[msg.sender];
        uint256 paid = amount < debt ? amount : debt;
        debtOf[msg.sender] = debt - paid;
        token.transferFrom(msg.sender, address(this), paid);
    }

    function invariant_isThere() external view returns (bool) {
        return address(token) != address(0);
    }

    function isOpen() public pure virtual returns (bool);
}

/// @title ClosedLoanDesk
/// @notice Lends to nobody: repayments of nothing succeed and book the time, and a siege of it says nothing.
contract ClosedLoanDesk is LoanDeskBase {
    constructor(IERC20 token_) LoanDeskBase(token_) {}

    function isOpen() public pure override returns (bool) {
        return false;
    }
}

/// @title OpenLoanDesk
/// @notice The twin, which lends.
contract OpenLoanDesk is LoanDeskBase {
    constructor(IERC20 token_) LoanDeskBase(token_) {}

    function isOpen() public pure override returns (bool) {
        return true;
    }
}

/// @title HidingVault
/// @notice FLAW: what it owns can be taken, after which it no longer says so. Only late, so that most blocks are judged.
contract HidingVault {
    uint256 private immutable OPEN = block.number + 13;
    bool private robbed;
    uint256 public touched;

    error Robbed();

    function touch() external {
        touched += 1;
    }

    function rob() external {
        if (block.number >= OPEN) robbed = true;
    }

    function totalAssets() external view returns (uint256) {
        if (robbed) revert Robbed();
        return 100;
    }

    function totalLiabilities() external pure returns (uint256) {
        return 100;
    }
}
