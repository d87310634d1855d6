// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Lends native coin against native coin, up to four fifths of a pledge.
abstract contract EtherDeskBase {
    mapping(address account => uint256) public pledgeOf;
    mapping(address account => uint256) public drawnOf;

    error TooMuch();

    constructor() payable {}

    function pledge() external payable {
        pledgeOf[msg.sender] += msg.value;
    }

    function draw(uint256 amount) external {
        drawnOf[msg.sender] += amount;
        if (drawnOf[msg.sender] * 5 > pledgeOf[msg.sender] * 4) revert TooMuch();
        _pay(amount);
    }

    function settle() external payable {
        drawnOf[msg.sender] -= msg.value;
    }

    function release(uint256 amount) external {
        pledgeOf[msg.sender] -= amount;
        if (_isOwing(msg.sender)) revert TooMuch();
        _pay(amount);
    }

    function _isOwing(address account) internal view virtual returns (bool);

    function _pay(uint256 amount) private {
        (bool paid, ) = msg.sender.call{value: amount}("");
        require(paid, "not paid");
    }
}

/// @title EtherDesk
/// @notice FLAW: a pledge may be taken back down to half of what was drawn against it.
contract EtherDesk is EtherDeskBase {
    constructor() payable {}

    function _isOwing(address account) internal view override returns (bool) {
        return drawnOf[account] > pledgeOf[account] * 2;
    }
}

/// @title EtherDeskFixed
/// @notice The twin: the same limit as for drawing.
contract EtherDeskFixed is EtherDeskBase {
    constructor() payable {}

    function _isOwing(address account) internal view override returns (bool) {
        return drawnOf[account] * 5 > pledgeOf[account] * 4;
    }
}
