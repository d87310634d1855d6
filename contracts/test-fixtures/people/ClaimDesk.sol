// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Keeps native coin for others, who claim all of it at once.
abstract contract ClaimDeskBase {
    mapping(address account => uint256) public claimableOf;
    uint256 public owed;

    error Nothing();
    error WrongBooks();

    receive() external payable {}

    function leave() external payable {
        claimableOf[msg.sender] += msg.value;
        owed += msg.value;
    }

    function claim() external {
        uint256 amount = claimableOf[msg.sender];
        if (amount == 0) revert Nothing();
        if (!_isBalanced()) revert WrongBooks();
        claimableOf[msg.sender] = 0;
        owed -= amount;
        (bool paid, ) = msg.sender.call{value: amount}("");
        require(paid, "not paid");
    }

    function _isBalanced() internal view virtual returns (bool);
}

/// @title ClaimDesk
/// @notice FLAW: coin that nobody is owed, which anybody may send, stops all claims.
contract ClaimDesk is ClaimDeskBase {
    function _isBalanced() internal view override returns (bool) {
        return address(this).balance == owed;
    }
}

/// @title ClaimDeskFixed
/// @notice The twin: more than it owes is no harm.
contract ClaimDeskFixed is ClaimDeskBase {
    function _isBalanced() internal view override returns (bool) {
        return address(this).balance >= owed;
    }
}
