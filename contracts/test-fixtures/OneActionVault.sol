// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice A ledger that allows an account one action per transaction, which it remembers in transient storage (EIP-1153).
/// @dev Where the calls of a block share one transaction, a deposit and a withdrawal in the same block always revert.
abstract contract OneActionVaultBase {
    mapping(address account => uint256) public balanceOf;
    mapping(address account => uint256) private depositedIn;
    uint256 public paidTwice;

    error OneActionOnly();
    error TooMuch();

    modifier onlyAction() {
        assembly {
            if tload(caller()) {
                // OneActionOnly()
                mstore(0, 0x4a5a0a1b00000000000000000000000000000000000000000000000000000000)
                revert(0, 4)
            }
            tstore(caller(), 1)
        }
        _;
    }

    function deposit(uint256 amount) external onlyAction {
        if (amount == 0 || amount > 1e30) revert TooMuch();
        balanceOf[msg.sender] += amount;
        depositedIn[msg.sender] = block.number;
    }

    function withdraw(uint256 share) external onlyAction {
        uint256 amount = (balanceOf[msg.sender] * (share % 101)) / 100;
        if (amount == 0) revert TooMuch();
        balanceOf[msg.sender] -= amount;
        if (depositedIn[msg.sender] == block.number && paysInterestAtOnce()) paidTwice += 1;
    }

    function invariant_interestTakesTime() external view returns (bool) {
        return paidTwice == 0;
    }

    function paysInterestAtOnce() internal pure virtual returns (bool);
}

/// @title OneActionVault
/// @notice FLAW: the guard is for a transaction, not for a block: a deposit and a withdrawal in one block earn interest.
contract OneActionVault is OneActionVaultBase {
    function paysInterestAtOnce() internal pure override returns (bool) {
        return true;
    }
}

/// @title OneActionVaultFixed
/// @notice The twin: interest takes at least a block.
contract OneActionVaultFixed is OneActionVaultBase {
    function paysInterestAtOnce() internal pure override returns (bool) {
        return false;
    }
}
