// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title The GRV/USDC exchange of Grove, with credit against GRV
/// @notice A constant-product pool owned by the treasury, and loans in USDC against GRV at the time-weighted average price of
/// that pool over one to two hours.
contract GroveCredit is Ownable {
    using SafeERC20 for IERC20;

    struct Observation {
        uint256 timestamp;
        uint256 cumulative;
    }

    uint256 public constant SWAP_FEE_BPS = 30;
    uint256 public constant LTV_BPS = 5_000;
    uint256 public constant LIQUIDATION_BPS = 7_500;
    uint256 public constant BONUS_BPS = 500;
    uint256 public constant PERIOD = 1 hours;

    IERC20 public immutable grv;
    IERC20 public immutable usdc;

    uint256 public reserveGrv;
    uint256 public reserveUsdc;
    uint256 public lendable;
    mapping(address account => uint256) public collateralOf;
    mapping(address account => uint256) public debtOf;

    /// @dev Seconds times USDC (6 decimals) per whole GRV, and when it was last brought up to date.
    uint256 public priceCumulative;
    uint256 public lastUpdate;
    Observation public older;
    Observation public newer;

    event Swapped(address indexed trader, bool sellsGrv, uint256 amountIn, uint256 amountOut);
    event CollateralChanged(address indexed account, uint256 collateral);
    event DebtChanged(address indexed account, uint256 debt);
    event Liquidated(address indexed account, address indexed liquidator, uint256 repaid, uint256 seized);

    error ZeroAmount();
    error Slippage();
    error Undercollateralised();
    error Healthy();
    error NoLiquidity();

    constructor(IERC20 grv_, IERC20 usdc_) Ownable(msg.sender) {
        grv = grv_;
        usdc = usdc_;
    }

    /// @notice The treasury adds liquidity to the pool.
    function addLiquidity(uint256 grvAmount, uint256 usdcAmount) external onlyOwner {
        grv.safeTransferFrom(msg.sender, address(this), grvAmount);
        usdc.safeTransferFrom(msg.sender, address(this), usdcAmount);
        _update(reserveGrv + grvAmount, reserveUsdc + usdcAmount);
        if (newer.timestamp == 0) older = newer = Observation(block.timestamp, priceCumulative);
    }

    /// @notice The treasury provides USDC for loans.
    function fund(uint256 amount) external onlyOwner {
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        lendable += amount;
    }

    function swap(bool sellsGrv, uint256 amountIn, uint256 minOut) external returns (uint256 amountOut) {
        if (amountIn == 0) revert ZeroAmount();
        (uint256 reserveIn, uint256 reserveOut) = sellsGrv ? (reserveGrv, reserveUsdc) : (reserveUsdc, reserveGrv);
        uint256 net = amountIn * (10_000 - SWAP_FEE_BPS);
        amountOut = (net * reserveOut) / (reserveIn * 10_000 + net);
        if (amountOut < minOut) revert Slippage();
        (IERC20 tokenIn, IERC20 tokenOut) = sellsGrv ? (grv, usdc) : (usdc, grv);
        tokenIn.safeTransferFrom(msg.sender, address(this), amountIn);
        if (sellsGrv) _update(reserveIn + amountIn, reserveOut - amountOut);
        else _update(reserveOut - amountOut, reserveIn + amountIn);
        tokenOut.safeTransfer(msg.sender, amountOut);
        emit Swapped(msg.sender, sellsGrv, amountIn, amountOut);
    }

    function depositCollateral(uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        grv.safeTransferFrom(msg.sender, address(this), amount);
        _setCollateral(msg.sender, collateralOf[msg.sender] + amount);
    }

    function withdrawCollateral(uint256 amount) external {
        if (amount == 0) revert ZeroAmount();
        _setCollateral(msg.sender, collateralOf[msg.sender] - amount);
        _requireWithin(msg.sender, LTV_BPS);
        grv.safeTransfer(msg.sender, amount);
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
        uint256 price = averagePrice();
        uint256 collateral = collateralOf[account];
        if (debtOf[account] * 10_000 <= (collateral * price / 1e18) * LIQUIDATION_BPS) revert Healthy();
        amount = Math.min(amount, debtOf[account]);
        uint256 seized = Math.min((amount * 1e18 * (10_000 + BONUS_BPS)) / (price * 10_000), collateral);
        if (seized == 0) revert ZeroAmount();
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        lendable += amount;
        _setDebt(account, debtOf[account] - amount);
        _setCollateral(account, collateral - seized);
        grv.safeTransfer(msg.sender, seized);
        emit Liquidated(account, msg.sender, amount, seized);
    }

    /// @notice Starts a new observation window once the last one is an hour old.
    function observe() public {
        if (block.timestamp < newer.timestamp + PERIOD) return;
        older = newer;
        newer = Observation(block.timestamp, _cumulativeNow());
    }

    /// @notice USDC (6 decimals) per whole GRV, on average since an observation that is at least an hour old.
    function averagePrice() public view returns (uint256) {
        Observation memory from = block.timestamp < newer.timestamp + PERIOD ? older : newer;
        uint256 elapsed = block.timestamp - from.timestamp;
        return elapsed == 0 ? spotPrice() : (_cumulativeNow() - from.cumulative) / elapsed;
    }

    function spotPrice() public view returns (uint256) {
        return _price(reserveGrv, reserveUsdc);
    }

    function _price(uint256 grvReserve, uint256 usdcReserve) internal pure returns (uint256) {
        return grvReserve == 0 ? 0 : (usdcReserve * 1e18) / grvReserve;
    }

    function _cumulativeNow() internal view returns (uint256) {
        return priceCumulative + spotPrice() * (block.timestamp - lastUpdate);
    }

    /// @dev Sets the reserves and brings the cumulative price up to date.
    function _update(uint256 grvReserve, uint256 usdcReserve) internal virtual {
        reserveGrv = grvReserve;
        reserveUsdc = usdcReserve;
        priceCumulative = _cumulativeNow();
        lastUpdate = block.timestamp;
        observe();
    }

    function _requireWithin(address account, uint256 bps) private view {
        uint256 worth = (collateralOf[account] * averagePrice()) / 1e18;
        if (debtOf[account] * 10_000 > worth * bps) revert Undercollateralised();
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

contract GroveCreditFixed is GroveCredit {
    constructor(IERC20 grv_, IERC20 usdc_) GroveCredit(grv_, usdc_) {}

    function _update(uint256 grvReserve, uint256 usdcReserve) internal override {
        priceCumulative = _cumulativeNow();
        lastUpdate = block.timestamp;
        observe();
        reserveGrv = grvReserve;
        reserveUsdc = usdcReserve;
    }
}

contract GroveCreditGrv is ERC20("Grove", "GRV") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

contract GroveCreditUsdc is ERC20("USD Coin", "USDC") {
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}
