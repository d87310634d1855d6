// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

contract SavingsPoolUsdc is ERC20("USD Coin", "USDC") {
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// @title SavingsPool
/// @notice USDC savings with transferable shares. The treasury funds the yield, which vests over a week or more.
/// Deposits are locked for an hour, so that nobody can sandwich the arrival of yield within a transaction.
contract SavingsPool is Ownable {
    using SafeERC20 for IERC20;
    using Math for uint256;

    error ZeroAmount();
    error ZeroAddress();
    error Locked(uint256 until);
    error InsufficientShares(uint256 available, uint256 needed);
    error InsufficientAllowance();
    error InvalidDuration();

    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);
    event Deposited(address indexed account, uint256 assets, uint256 shares);
    event Withdrawn(address indexed account, uint256 assets, uint256 shares);
    event YieldFunded(uint256 amount, uint256 until);

    /// @dev One slot. Shares that arrive by transfer stay locked as long as they were locked for the sender.
    struct Account {
        uint192 shares;
        uint64 unlockAt;
    }

    string public constant name = "Savings USDC";
    string public constant symbol = "sUSDC";
    uint8 public constant decimals = 6;
    uint256 public constant LOCK = 1 hours;
    uint256 public constant MIN_VESTING = 7 days;

    IERC20 public immutable asset;
    uint256 public totalSupply;
    mapping(address => Account) public accounts;
    mapping(address => mapping(address => uint256)) public allowance;

    uint256 public vestingAmount;
    uint64 public vestingStart;
    uint64 public vestingEnd;

    constructor(IERC20 asset_) Ownable(msg.sender) {
        asset = asset_;
    }

    function balanceOf(address account) public view returns (uint256) {
        return accounts[account].shares;
    }

    /// @notice Yield that has been funded and does not belong to the shares yet.
    function unvested() public view returns (uint256) {
        if (block.timestamp >= vestingEnd) return 0;
        return vestingAmount * (vestingEnd - block.timestamp) / (vestingEnd - vestingStart);
    }

    function totalAssets() public view returns (uint256) {
        return asset.balanceOf(address(this)) - unvested();
    }

    function convertToShares(uint256 assets) public view returns (uint256) {
        return assets.mulDiv(totalSupply + 1, totalAssets() + 1);
    }

    function convertToAssets(uint256 shares) public view returns (uint256) {
        return shares.mulDiv(totalAssets() + 1, totalSupply + 1);
    }

    /// @notice Locks the caller's shares, old and new, for an hour.
    function deposit(uint256 assets) external returns (uint256 shares) {
        shares = convertToShares(assets);
        if (shares == 0) revert ZeroAmount();
        asset.safeTransferFrom(msg.sender, address(this), assets);
        Account storage account = accounts[msg.sender];
        account.shares += uint192(shares);
        account.unlockAt = uint64(block.timestamp + LOCK);
        totalSupply += shares;
        emit Transfer(address(0), msg.sender, shares);
        emit Deposited(msg.sender, assets, shares);
    }

    function redeem(uint256 shares) external returns (uint256 assets) {
        Account storage account = accounts[msg.sender];
        if (block.timestamp < account.unlockAt) revert Locked(account.unlockAt);
        if (shares > account.shares) revert InsufficientShares(account.shares, shares);
        assets = convertToAssets(shares);
        if (assets == 0) revert ZeroAmount();
        account.shares -= uint192(shares);
        totalSupply -= shares;
        asset.safeTransfer(msg.sender, assets);
        emit Transfer(msg.sender, address(0), shares);
        emit Withdrawn(msg.sender, assets, shares);
    }

    function transfer(address to, uint256 shares) external returns (bool) {
        _transfer(msg.sender, to, shares);
        return true;
    }

    function approve(address spender, uint256 shares) external returns (bool) {
        allowance[msg.sender][spender] = shares;
        emit Approval(msg.sender, spender, shares);
        return true;
    }

    function transferFrom(address from, address to, uint256 shares) external returns (bool) {
        uint256 allowed = allowance[from][msg.sender];
        if (allowed < shares) revert InsufficientAllowance();
        if (allowed != type(uint256).max) allowance[from][msg.sender] = allowed - shares;
        _transfer(from, to, shares);
        return true;
    }

    /// @notice The treasury adds yield, which vests over `duration`. What has not vested yet vests with it.
    function fundYield(uint256 amount, uint256 duration) external onlyOwner {
        if (duration < MIN_VESTING) revert InvalidDuration();
        uint256 rest = unvested();
        asset.safeTransferFrom(msg.sender, address(this), amount);
        vestingAmount = rest + amount;
        vestingStart = uint64(block.timestamp);
        vestingEnd = uint64(block.timestamp + duration);
        emit YieldFunded(amount, vestingEnd);
    }

    function _transfer(address from, address to, uint256 shares) internal virtual {
        if (to == address(0)) revert ZeroAddress();
        Account memory sender = accounts[from];
        Account memory receiver = accounts[to];
        if (shares > sender.shares) revert InsufficientShares(sender.shares, shares);
        sender.shares -= uint192(shares);
        receiver.shares += uint192(shares);
        if (sender.unlockAt > receiver.unlockAt) receiver.unlockAt = sender.unlockAt;
        accounts[from] = sender;
        accounts[to] = receiver;
        emit Transfer(from, to, shares);
    }
}

contract SavingsPoolFixed is SavingsPool {
    constructor(IERC20 asset_) SavingsPool(asset_) {}

    function _transfer(address from, address to, uint256 shares) internal override {
        if (to == address(0)) revert ZeroAddress();
        Account storage sender = accounts[from];
        Account storage receiver = accounts[to];
        if (shares > sender.shares) revert InsufficientShares(sender.shares, shares);
        sender.shares -= uint192(shares);
        receiver.shares += uint192(shares);
        if (sender.unlockAt > receiver.unlockAt) receiver.unlockAt = sender.unlockAt;
        emit Transfer(from, to, shares);
    }
}

/// @notice States what the pool promises to the depositors that it is given.
contract SavingsPoolChecker {
    SavingsPool public immutable pool;
    address[] public depositors;

    constructor(SavingsPool pool_, address[] memory depositors_) {
        pool = pool_;
        depositors = depositors_;
    }

    /// @notice The pool holds what its depositors' shares are worth together.
    function invariant_depositorsAreCovered() external view returns (bool) {
        uint256 owed;
        for (uint256 i = 0; i < depositors.length; i++) {
            owed += pool.convertToAssets(pool.balanceOf(depositors[i]));
        }
        return owed <= pool.totalAssets();
    }
}
