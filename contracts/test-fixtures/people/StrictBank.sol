// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @notice Keeps one token for its users. Its owner may pause it; who deposits may not withdraw for half a minute.
abstract contract StrictBankBase {
    using SafeERC20 for IERC20;

    uint256 private constant LOCK = 30 seconds;

    IERC20 public immutable token;
    address public immutable owner;

    mapping(address account => uint256) public balanceOf;
    mapping(address account => uint256) public unlockedAt;
    uint256 public total;
    bool public paused;

    error Paused();
    error Locked(uint256 until);
    error WrongBooks(uint256 held, uint256 booked);

    constructor(IERC20 token_, address owner_) {
        (token, owner) = (token_, owner_);
    }

    function pause(bool isPaused) external {
        require(msg.sender == owner, "only the owner");
        paused = isPaused;
    }

    function deposit(uint256 amount) external {
        if (paused) revert Paused();
        balanceOf[msg.sender] += amount;
        total += amount;
        unlockedAt[msg.sender] = block.timestamp + LOCK;
        token.safeTransferFrom(msg.sender, address(this), amount);
    }

    function withdraw(uint256 amount) external {
        if (paused) revert Paused();
        if (block.timestamp < unlockedAt[msg.sender]) revert Locked(unlockedAt[msg.sender]);
        uint256 held = token.balanceOf(address(this));
        if (!_matches(held, total)) revert WrongBooks(held, total);
        balanceOf[msg.sender] -= amount;
        total -= amount;
        token.safeTransfer(msg.sender, amount);
    }

    /// @dev Whether what it holds is what it should hold.
    function _matches(uint256 held, uint256 booked) internal pure virtual returns (bool);
}

/// @title StrictBank
/// @notice FLAW: pays only while it holds exactly what it has booked, so that whoever sends it one base unit locks all deposits.
contract StrictBank is StrictBankBase {
    constructor(IERC20 token_, address owner_) StrictBankBase(token_, owner_) {}

    function _matches(uint256 held, uint256 booked) internal pure override returns (bool) {
        return held == booked;
    }
}

/// @title StrictBankFixed
/// @notice The twin: holding more does no harm.
contract StrictBankFixed is StrictBankBase {
    constructor(IERC20 token_, address owner_) StrictBankBase(token_, owner_) {}

    function _matches(uint256 held, uint256 booked) internal pure override returns (bool) {
        return held >= booked;
    }
}
