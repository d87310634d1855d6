// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

interface ISpendVaultFeed {
    function decimals() external view returns (uint8);
    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80);
}

/// @title Accounts in ether behind a payment card in dollars
/// @notice Customers deposit WETH. A card payment is authorised in dollars, which reserves part of the customer's balance, and
/// is captured by the merchant within a week, in WETH at the price of that moment.
contract SpendVault is Ownable {
    using SafeERC20 for IERC20;

    struct Hold {
        address customer;
        address merchant;
        uint256 usd; // 6 decimals
        uint64 expiry;
        bool open;
    }

    uint256 public constant MAX_FEE_BPS = 300;
    uint256 public constant MAX_PRICE_AGE = 3 hours;
    uint256 public constant HOLD_PERIOD = 7 days;

    IERC20 public immutable weth;
    ISpendVaultFeed public immutable feed;

    uint256 public feeBps = 50;
    uint256 public totalBalances;
    uint256 public feesCollected;
    mapping(address customer => uint256) public balanceOf;
    mapping(address customer => uint256) public heldUsd;
    Hold[] public holds;

    event Deposited(address indexed customer, uint256 amount);
    event Withdrawn(address indexed customer, uint256 amount);
    event Authorised(uint256 indexed id, address indexed customer, address indexed merchant, uint256 usd);
    event Captured(uint256 indexed id, uint256 amount, uint256 fee);
    event Released(uint256 indexed id);
    event FeeChanged(uint256 feeBps);

    error ZeroAmount();
    error InsufficientBalance();
    error NotOpen();
    error NotAllowed();
    error Expired();
    error StalePrice();

    constructor(IERC20 weth_, ISpendVaultFeed feed_) Ownable(msg.sender) {
        weth = weth_;
        feed = feed_;
    }

    function deposit(uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        weth.safeTransferFrom(msg.sender, address(this), amount);
        balanceOf[msg.sender] += amount;
        totalBalances += amount;
        emit Deposited(msg.sender, amount);
    }

    /// @notice Withdraws what open authorisations do not reserve.
    function withdraw(uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        if (amount + toWeth(heldUsd[msg.sender]) > balanceOf[msg.sender]) revert InsufficientBalance();
        balanceOf[msg.sender] -= amount;
        totalBalances -= amount;
        weth.safeTransfer(msg.sender, amount);
        emit Withdrawn(msg.sender, amount);
    }

    /// @notice Authorises a payment of `usd` (6 decimals) to a merchant.
    function authorise(address merchant, uint256 usd) external returns (uint256 id) {
        if (usd == 0) revert ZeroAmount();
        uint256 held = heldUsd[msg.sender] + usd;
        if (toWeth(held) > balanceOf[msg.sender]) revert InsufficientBalance();
        heldUsd[msg.sender] = held;
        id = holds.length;
        holds.push(Hold(msg.sender, merchant, usd, uint64(block.timestamp + HOLD_PERIOD), true));
        emit Authorised(id, msg.sender, merchant, usd);
    }

    /// @notice The merchant collects an authorised payment.
    function capture(uint256 id) external returns (uint256 amount) {
        Hold storage hold = holds[id];
        if (!hold.open) revert NotOpen();
        if (msg.sender != hold.merchant) revert NotAllowed();
        if (block.timestamp > hold.expiry) revert Expired();
        hold.open = false;
        heldUsd[hold.customer] -= hold.usd;
        amount = _settle(hold.customer, toWeth(hold.usd));
        uint256 fee = (amount * feeBps) / 10_000;
        feesCollected += fee;
        weth.safeTransfer(hold.merchant, amount - fee);
        emit Captured(id, amount, fee);
    }

    /// @notice The merchant cancels a payment, or the customer does once it has expired.
    function release(uint256 id) external {
        Hold storage hold = holds[id];
        if (!hold.open) revert NotOpen();
        bool expired = msg.sender == hold.customer && block.timestamp > hold.expiry;
        if (msg.sender != hold.merchant && !expired) revert NotAllowed();
        hold.open = false;
        heldUsd[hold.customer] -= hold.usd;
        emit Released(id);
    }

    function setFee(uint256 feeBps_) external onlyOwner {
        require(feeBps_ <= MAX_FEE_BPS, "fee too high");
        feeBps = feeBps_;
        emit FeeChanged(feeBps_);
    }

    function collectFees(address to) external onlyOwner {
        uint256 amount = feesCollected;
        feesCollected = 0;
        weth.safeTransfer(to, amount);
    }

    /// @notice WETH for an amount of dollars with 6 decimals, rounded up.
    function toWeth(uint256 usd) public view returns (uint256) {
        if (usd == 0) return 0;
        uint256 price = ethPrice();
        return (usd * 10 ** (12 + feed.decimals()) + price - 1) / price;
    }

    function ethPrice() public view returns (uint256) {
        (, int256 answer, , uint256 updatedAt, ) = feed.latestRoundData();
        if (answer <= 0 || block.timestamp > updatedAt + MAX_PRICE_AGE) revert StalePrice();
        return uint256(answer);
    }

    /// @dev Debits a customer, whose balance may be worth less than when the payment was authorised.
    function _debit(address customer, uint256 due) internal returns (uint256 debited) {
        uint256 balance = balanceOf[customer];
        debited = due > balance ? balance : due;
        balanceOf[customer] = balance - debited;
        totalBalances -= debited;
    }

    /// @return What the merchant is paid, fee included.
    function _settle(address customer, uint256 due) internal virtual returns (uint256) {
        _debit(customer, due);
        return due;
    }
}

contract SpendVaultFixed is SpendVault {
    constructor(IERC20 weth_, ISpendVaultFeed feed_) SpendVault(weth_, feed_) {}

    function _settle(address customer, uint256 due) internal override returns (uint256) {
        return _debit(customer, due);
    }
}

contract SpendVaultInvariants {
    SpendVault public immutable vault;

    constructor(SpendVault vault_) {
        vault = vault_;
    }

    /// @notice The vault holds what customers have on their accounts, and its fees.
    function invariant_balancesAreBacked() external view returns (bool) {
        return vault.weth().balanceOf(address(vault)) >= vault.totalBalances() + vault.feesCollected();
    }
}

contract SpendVaultWeth is ERC20("Wrapped Ether", "WETH") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

contract SpendVaultEthUsd is ISpendVaultFeed {
    uint8 public constant decimals = 8;
    int256 private answer;
    uint256 private updatedAt;
    uint80 private round;

    constructor(int256 answer_) {
        setAnswer(answer_);
    }

    function setAnswer(int256 answer_) public {
        answer = answer_;
        updatedAt = block.timestamp;
        round++;
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (round, answer, updatedAt, updatedAt, round);
    }
}
