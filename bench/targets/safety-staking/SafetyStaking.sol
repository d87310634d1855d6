// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

contract SafetyStakingToken is ERC20 {
    constructor(string memory name_, string memory symbol_) ERC20(name_, symbol_) {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// @title SafetyStaking
/// @notice Backstop of a lending market: stakers of WETH earn ARC, and leave after a cooldown of ten days. What cools
/// down earns nothing.
contract SafetyStaking is Ownable {
    using SafeERC20 for IERC20;

    error ZeroAmount();
    error InsufficientStake(uint256 available);
    error NothingCoolsDown();
    error CooldownNotOver(uint256 until);
    error PeriodNotOver(uint256 until);

    event Staked(address indexed account, uint256 amount);
    event CooldownStarted(address indexed account, uint256 amount, uint256 until);
    event CooldownCancelled(address indexed account, uint256 amount);
    event Withdrawn(address indexed account, uint256 amount);
    event RewardPaid(address indexed account, uint256 amount);
    event PeriodStarted(uint256 reward, uint256 until);

    struct Position {
        uint256 staked; // all that the contract holds for the account
        uint256 cooling; // the part of it that cools down
        uint256 coolsUntil;
        uint256 index; // the rewards per token that the account has been credited with
        uint256 credit;
    }

    uint256 public constant COOLDOWN = 10 days;
    uint256 public constant PERIOD = 30 days;
    uint256 internal constant ONE = 1e18;

    IERC20 public immutable stakeToken;
    IERC20 public immutable rewardToken;

    uint256 public totalEarning;
    uint256 public rewardPerTokenStored;
    uint256 public rewardRate;
    uint256 public updatedAt;
    uint256 public periodEnd;
    mapping(address => Position) public positions;
    address[] public stakers;
    mapping(address => bool) public isStaker;

    constructor(IERC20 stakeToken_, IERC20 rewardToken_) Ownable(msg.sender) {
        stakeToken = stakeToken_;
        rewardToken = rewardToken_;
    }

    function lastTime() public view returns (uint256) {
        return block.timestamp < periodEnd ? block.timestamp : periodEnd;
    }

    function rewardPerToken() public view returns (uint256) {
        if (totalEarning == 0) return rewardPerTokenStored;
        return rewardPerTokenStored + (lastTime() - updatedAt) * rewardRate * ONE / totalEarning;
    }

    function earned(address account) public view returns (uint256) {
        Position storage position = positions[account];
        return position.credit + _earning(position) * (rewardPerToken() - position.index) / ONE;
    }

    /// @notice The contract holds every reward that has been earned and is still to be earned in this period.
    function invariant_rewardsAreFunded() external view returns (bool) {
        uint256 owed = (periodEnd - lastTime()) * rewardRate;
        for (uint256 i = 0; i < stakers.length; i++) {
            owed += earned(stakers[i]);
        }
        return owed <= rewardToken.balanceOf(address(this));
    }

    function stake(uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        Position storage position = _checkpoint(msg.sender);
        if (!isStaker[msg.sender]) {
            isStaker[msg.sender] = true;
            stakers.push(msg.sender);
        }
        stakeToken.safeTransferFrom(msg.sender, address(this), amount);
        position.staked += amount;
        totalEarning += amount;
        emit Staked(msg.sender, amount);
    }

    /// @notice Begins to withdraw. With a cooldown under way, the wait for all of it begins again.
    function startCooldown(uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        Position storage position = _checkpoint(msg.sender);
        uint256 available = position.staked - position.cooling;
        if (amount > available) revert InsufficientStake(available);
        position.cooling += amount;
        position.coolsUntil = block.timestamp + COOLDOWN;
        totalEarning -= amount;
        emit CooldownStarted(msg.sender, amount, position.coolsUntil);
    }

    function cancelCooldown() external {
        Position storage position = _checkpoint(msg.sender);
        uint256 amount = position.cooling;
        if (amount == 0) revert NothingCoolsDown();
        position.cooling = 0;
        totalEarning += amount;
        emit CooldownCancelled(msg.sender, amount);
    }

    function withdraw() external {
        Position storage position = _checkpoint(msg.sender);
        uint256 amount = position.cooling;
        if (amount == 0) revert NothingCoolsDown();
        if (block.timestamp < position.coolsUntil) revert CooldownNotOver(position.coolsUntil);
        position.cooling = 0;
        position.staked -= amount;
        stakeToken.safeTransfer(msg.sender, amount);
        emit Withdrawn(msg.sender, amount);
    }

    function claim() external returns (uint256 reward) {
        Position storage position = _checkpoint(msg.sender);
        reward = position.credit;
        position.credit = 0;
        rewardToken.safeTransfer(msg.sender, reward);
        emit RewardPaid(msg.sender, reward);
    }

    /// @notice The treasury pays for the next thirty days.
    function startPeriod(uint256 reward) external onlyOwner {
        if (block.timestamp < periodEnd) revert PeriodNotOver(periodEnd);
        rewardPerTokenStored = rewardPerToken();
        rewardToken.safeTransferFrom(msg.sender, address(this), reward);
        rewardRate = reward / PERIOD;
        updatedAt = block.timestamp;
        periodEnd = block.timestamp + PERIOD;
        emit PeriodStarted(reward, periodEnd);
    }

    function _earning(Position storage position) internal view virtual returns (uint256) {
        return position.staked;
    }

    function _checkpoint(address account) internal returns (Position storage position) {
        position = positions[account];
        rewardPerTokenStored = rewardPerToken();
        updatedAt = lastTime();
        position.credit += _earning(position) * (rewardPerTokenStored - position.index) / ONE;
        position.index = rewardPerTokenStored;
    }
}

contract SafetyStakingFixed is SafetyStaking {
    constructor(IERC20 stakeToken_, IERC20 rewardToken_) SafetyStaking(stakeToken_, rewardToken_) {}

    function _earning(Position storage position) internal view override returns (uint256) {
        return position.staked - position.cooling;
    }
}
