// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Loans in USDC against tokenised gold, which has no price feed
/// @notice Anybody may report the price of gold with a bond. A report that nobody disputes within two hours becomes the price.
/// A better bond replaces a pending report. A disputed report is decided by the owner; the loser's bond goes to the winner.
contract AurumCredit is Ownable {
    using SafeERC20 for IERC20;

    struct Report {
        address reporter;
        address disputer;
        uint64 reportedAt;
        uint256 price; // USDC (6 decimals) per whole token
        uint256 bond;
    }

    uint256 public constant LIVENESS = 2 hours;
    uint256 public constant MIN_BOND = 5_000e6;
    uint256 public constant OUTBID_BPS = 11_000;
    uint256 public constant LTV_BPS = 7_000;
    uint256 public constant LIQUIDATION_BPS = 8_500;
    uint256 public constant BONUS_BPS = 500;

    IERC20 public immutable gold;
    IERC20 public immutable usdc;

    uint256 public price;
    uint256 public lendable;
    Report public pending;
    mapping(address account => uint256) public collateralOf;
    mapping(address account => uint256) public debtOf;

    event Reported(address indexed reporter, uint256 price, uint256 bond);
    event Disputed(address indexed disputer, uint256 price);
    event PriceSet(uint256 price);
    event CollateralChanged(address indexed account, uint256 collateral);
    event DebtChanged(address indexed account, uint256 debt);
    event Liquidated(address indexed account, address indexed liquidator, uint256 repaid, uint256 seized);

    error ZeroAmount();
    error BondTooLow();
    error NothingPending();
    error InDispute();
    error TooEarly();
    error Undercollateralised();
    error Healthy();
    error NoLiquidity();

    constructor(IERC20 gold_, IERC20 usdc_, uint256 price_) Ownable(msg.sender) {
        gold = gold_;
        usdc = usdc_;
        price = price_;
    }

    // Prices

    /// @notice Reports a price, with a bond of at least 110 % of the pending report's.
    function report(uint256 newPrice, uint256 bond) external {
        if (newPrice == 0) revert ZeroAmount();
        if (pending.disputer != address(0)) revert InDispute();
        if (bond < Math.max(MIN_BOND, (pending.bond * OUTBID_BPS) / 10_000)) revert BondTooLow();
        usdc.safeTransferFrom(msg.sender, address(this), bond);
        (address outbid, uint256 refund) = (pending.reporter, pending.bond);
        pending.reportedAt = uint64(_reportedAt());
        pending.reporter = msg.sender;
        pending.price = newPrice;
        pending.bond = bond;
        if (refund > 0) usdc.safeTransfer(outbid, refund);
        emit Reported(msg.sender, newPrice, bond);
    }

    /// @notice Disputes the pending report with a bond of the same size.
    function dispute() external {
        if (pending.reporter == address(0)) revert NothingPending();
        if (pending.disputer != address(0)) revert InDispute();
        usdc.safeTransferFrom(msg.sender, address(this), pending.bond);
        pending.disputer = msg.sender;
        emit Disputed(msg.sender, pending.price);
    }

    /// @notice The owner decides a dispute.
    function resolve(uint256 rightPrice) external onlyOwner {
        if (pending.disputer == address(0)) revert NothingPending();
        address winner = pending.price == rightPrice ? pending.reporter : pending.disputer;
        uint256 prize = pending.bond * 2;
        delete pending;
        _setPrice(rightPrice);
        usdc.safeTransfer(winner, prize);
    }

    /// @notice Makes an undisputed report the price.
    function finalise() external {
        Report memory done = pending;
        if (done.reporter == address(0)) revert NothingPending();
        if (done.disputer != address(0)) revert InDispute();
        if (block.timestamp < done.reportedAt + LIVENESS) revert TooEarly();
        delete pending;
        _setPrice(done.price);
        usdc.safeTransfer(done.reporter, done.bond);
    }

    // Loans

    function fund(uint256 amount) external onlyOwner {
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        lendable += amount;
    }

    function depositCollateral(uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        gold.safeTransferFrom(msg.sender, address(this), amount);
        _setCollateral(msg.sender, collateralOf[msg.sender] + amount);
    }

    function withdrawCollateral(uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        _setCollateral(msg.sender, collateralOf[msg.sender] - amount);
        _requireWithin(msg.sender, LTV_BPS);
        gold.safeTransfer(msg.sender, amount);
    }

    function borrow(uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        if (amount > lendable) revert NoLiquidity();
        lendable -= amount;
        _setDebt(msg.sender, debtOf[msg.sender] + amount);
        _requireWithin(msg.sender, LTV_BPS);
        usdc.safeTransfer(msg.sender, amount);
    }

    function repay(uint256 amount) external {
        amount = Math.min(amount, debtOf[msg.sender]);
        if (amount == 0) revert ZeroAmount();
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        lendable += amount;
        _setDebt(msg.sender, debtOf[msg.sender] - amount);
    }

    /// @notice Repays a loan above the threshold for its collateral at a discount.
    function liquidate(address account, uint256 amount) external {
        uint256 collateral = collateralOf[account];
        if (debtOf[account] * 10_000 <= ((collateral * price) / 1e18) * LIQUIDATION_BPS) revert Healthy();
        amount = Math.min(amount, debtOf[account]);
        uint256 seized = Math.min((amount * 1e18 * (10_000 + BONUS_BPS)) / (price * 10_000), collateral);
        if (seized == 0) revert ZeroAmount();
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        lendable += amount;
        _setDebt(account, debtOf[account] - amount);
        _setCollateral(account, collateral - seized);
        gold.safeTransfer(msg.sender, seized);
        emit Liquidated(account, msg.sender, amount, seized);
    }

    /// @dev From when the two hours of a new report count.
    function _reportedAt() internal view virtual returns (uint256) {
        return pending.reporter == address(0) ? block.timestamp : pending.reportedAt;
    }

    function _requireWithin(address account, uint256 bps) private view {
        if (debtOf[account] * 10_000 > ((collateralOf[account] * price) / 1e18) * bps) revert Undercollateralised();
    }

    function _setPrice(uint256 newPrice) private {
        price = newPrice;
        emit PriceSet(newPrice);
    }

    function _setCollateral(address account, uint256 collateral) private {
        collateralOf[account] = collateral;
        emit CollateralChanged(account, collateral);
    }

    function _setDebt(address account, uint256 debt) private {
        debtOf[account] = debt;
        emit DebtChanged(account, debt);
    }
}

contract AurumCreditFixed is AurumCredit {
    constructor(IERC20 gold_, IERC20 usdc_, uint256 price_) AurumCredit(gold_, usdc_, price_) {}

    function _reportedAt() internal view override returns (uint256) {
        return block.timestamp;
    }
}

contract AurumCreditGold is ERC20("Tokenised Gold", "tGOLD") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

contract AurumCreditUsdc is ERC20("USD Coin", "USDC") {
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}
