// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Lends credit against native coin, which is given back after a day's notice.
abstract contract NoticeDeskBase {
    uint256 public constant NOTICE = 1 days;
    uint256 public constant MOST_PERCENT = 70;

    mapping(address account => uint256) public collateralOf;
    mapping(address account => uint256) public debtOf;
    mapping(address account => uint256) public noticed;
    mapping(address account => uint256) public readyAt;
    uint256 public collateral;
    uint256 public debt;

    constructor() payable {
        collateralOf[msg.sender] = collateral = msg.value;
    }

    function deposit() external payable {
        require(msg.value > 0, "nothing");
        collateralOf[msg.sender] += msg.value;
        collateral += msg.value;
    }

    function borrow(uint256 amount) external {
        require(amount > 0, "nothing");
        debtOf[msg.sender] += amount;
        debt += amount;
        require(isSafe(debtOf[msg.sender], collateralOf[msg.sender]), "unsafe");
    }

    function repay(uint256 amount) external {
        debtOf[msg.sender] -= amount;
        debt -= amount;
    }

    function giveNotice(uint256 amount) external {
        require(amount > 0 && amount <= collateralOf[msg.sender], "not yours");
        noticed[msg.sender] = amount;
        readyAt[msg.sender] = block.timestamp + NOTICE;
    }

    function withdraw() external {
        uint256 amount = noticed[msg.sender];
        require(amount > 0, "no notice");
        require(block.timestamp >= readyAt[msg.sender], "too early");
        require(isSafe(debtOf[msg.sender], collateralOf[msg.sender] - amount), "unsafe");
        noticed[msg.sender] = 0;
        giveBack(amount);
    }

    function isSafe(uint256 owed, uint256 held) public pure returns (bool) {
        return owed * 100 <= held * MOST_PERCENT;
    }

    function invariant_isCovered() external view returns (bool) {
        return isSafe(debt, collateral);
    }

    function giveBack(uint256 amount) internal virtual;

    function pay(uint256 amount) internal {
        (bool taken, ) = msg.sender.call{value: amount}("");
        require(taken, "not taken");
    }

    function book(uint256 amount) internal {
        collateralOf[msg.sender] -= amount;
        collateral -= amount;
    }
}

/// @title NoticeDesk
/// @notice FLAW: what is paid out still counts as collateral until the payment is over, so that whoever is paid may borrow against it.
contract NoticeDesk is NoticeDeskBase {
    constructor() payable {}

    function giveBack(uint256 amount) internal override {
        pay(amount);
        book(amount);
    }
}

/// @title NoticeDeskFixed
/// @notice The twin: it books before it pays.
contract NoticeDeskFixed is NoticeDeskBase {
    constructor() payable {}

    function giveBack(uint256 amount) internal override {
        book(amount);
        pay(amount);
    }
}
