// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

interface IStakedEtherMarketFeed {
    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80);
}

contract StakedEtherMarketWeth is ERC20 {
    constructor() ERC20("Wrapped Ether", "WETH") {}

    receive() external payable {
        deposit();
    }

    function totalSupply() public view override returns (uint256) {
        return address(this).balance; // as of the real one
    }

    function deposit() public payable {
        _mint(msg.sender, msg.value);
    }

    function withdraw(uint256 amount) external {
        _burn(msg.sender, amount);
        (bool sent,) = msg.sender.call{value: amount}("");
        require(sent, "WETH: transfer failed");
    }
}

/// @notice Staked ether: shares of a pot that grows with rewards. Takes WETH and pays out ether.
contract StakedEtherMarketPool is ERC20, ReentrancyGuard, Ownable {
    using SafeERC20 for IERC20;

    uint256 public constant EXIT_FEE = 10; // basis points, left to those who stay

    StakedEtherMarketWeth public immutable weth;
    uint256 public pooledEther;

    event Deposited(address indexed account, uint256 amount, uint256 shares);
    event Redeemed(address indexed account, uint256 amount, uint256 shares);
    event Rewarded(uint256 amount);

    constructor(StakedEtherMarketWeth weth_) ERC20("Staked Ether", "sETH") Ownable(msg.sender) {
        weth = weth_;
    }

    receive() external payable {
        require(msg.sender == address(weth), "only WETH");
    }

    function addRewards() external payable onlyOwner nonReentrant {
        pooledEther += msg.value;
        emit Rewarded(msg.value);
    }

    function deposit(uint256 amount) external nonReentrant returns (uint256 shares) {
        shares = Math.mulDiv(amount, 1e18, rate());
        require(shares > 0, "nothing to mint");
        IERC20(address(weth)).safeTransferFrom(msg.sender, address(this), amount);
        weth.withdraw(amount);
        pooledEther += amount;
        _mint(msg.sender, shares);
        emit Deposited(msg.sender, amount, shares);
    }

    function redeem(uint256 shares) external nonReentrant returns (uint256 amount) {
        amount = Math.mulDiv(shares, pooledEther, totalSupply());
        amount -= Math.mulDiv(amount, EXIT_FEE, 10_000, Math.Rounding.Ceil);
        _burn(msg.sender, shares);
        (bool sent,) = msg.sender.call{value: amount}("");
        require(sent, "transfer failed");
        pooledEther -= amount;
        emit Redeemed(msg.sender, amount, shares);
    }

    /// @notice Ether per share, 18 decimals.
    function rate() public view returns (uint256) {
        uint256 supply = totalSupply();
        return supply == 0 ? 1e18 : Math.mulDiv(pooledEther, 1e18, supply);
    }

    /// @notice Whether a call is under way.
    function locked() external view returns (bool) {
        return _reentrancyGuardEntered();
    }
}

/// @notice Lends USDC against staked ether.
contract StakedEtherMarket is ReentrancyGuard {
    using SafeERC20 for IERC20;

    uint256 public constant MAX_LTV = 7_000; // basis points
    uint256 public constant LIQUIDATION_THRESHOLD = 8_000;
    uint256 public constant LIQUIDATION_BONUS = 500;
    uint256 public constant CLOSE_FACTOR = 5_000;
    uint256 public constant RATE_PER_SECOND = 1_902_587_519; // 6 % a year
    uint256 public constant MAX_PRICE_AGE = 1 days;
    uint256 internal constant BPS = 10_000;
    uint256 internal constant WAD = 1e18;

    IERC20 public immutable usdc;
    StakedEtherMarketPool public immutable pool;
    IStakedEtherMarketFeed public immutable feed;

    uint256 public borrowIndex = WAD;
    uint256 public lastAccrual = block.timestamp;
    uint256 public totalShares;
    uint256 public totalScaledDebt;
    mapping(address => uint256) public sharesOf;
    mapping(address => uint256) public collateralOf;
    mapping(address => uint256) public scaledDebtOf;
    address[] public borrowers;
    mapping(address => bool) public isBorrower;

    event Supplied(address indexed lender, uint256 assets, uint256 shares);
    event Withdrawn(address indexed lender, uint256 assets, uint256 shares);
    event CollateralAdded(address indexed account, uint256 amount);
    event CollateralRemoved(address indexed account, uint256 amount);
    event Borrowed(address indexed account, uint256 amount);
    event Repaid(address indexed account, uint256 amount);
    event Liquidated(address indexed account, address indexed liquidator, uint256 repaid, uint256 seized);

    error Undercollateralised();
    error NotLiquidatable();
    error StalePrice();
    error PoolLocked();
    error ZeroAmount();

    constructor(IERC20 usdc_, StakedEtherMarketPool pool_, IStakedEtherMarketFeed feed_) {
        usdc = usdc_;
        pool = pool_;
        feed = feed_;
    }

    function accrue() public {
        uint256 elapsed = block.timestamp - lastAccrual;
        borrowIndex += Math.mulDiv(borrowIndex, RATE_PER_SECOND * elapsed, WAD);
        lastAccrual = block.timestamp;
    }

    function supply(uint256 assets) external nonReentrant returns (uint256 shares) {
        accrue();
        shares = Math.mulDiv(assets, totalShares + 1e6, totalAssets() + 1);
        if (shares == 0) revert ZeroAmount();
        totalShares += shares;
        sharesOf[msg.sender] += shares;
        usdc.safeTransferFrom(msg.sender, address(this), assets);
        emit Supplied(msg.sender, assets, shares);
    }

    function withdraw(uint256 shares) external nonReentrant returns (uint256 assets) {
        accrue();
        assets = Math.mulDiv(shares, totalAssets() + 1, totalShares + 1e6);
        sharesOf[msg.sender] -= shares;
        totalShares -= shares;
        usdc.safeTransfer(msg.sender, assets);
        emit Withdrawn(msg.sender, assets, shares);
    }

    function addCollateral(uint256 amount) external nonReentrant {
        collateralOf[msg.sender] += amount;
        IERC20(address(pool)).safeTransferFrom(msg.sender, address(this), amount);
        emit CollateralAdded(msg.sender, amount);
    }

    function removeCollateral(uint256 amount) external nonReentrant {
        accrue();
        collateralOf[msg.sender] -= amount;
        if (debtOf(msg.sender) > _limit(msg.sender, MAX_LTV)) revert Undercollateralised();
        IERC20(address(pool)).safeTransfer(msg.sender, amount);
        emit CollateralRemoved(msg.sender, amount);
    }

    function borrow(uint256 amount) external nonReentrant {
        if (amount == 0) revert ZeroAmount();
        accrue();
        uint256 scaled = Math.mulDiv(amount, WAD, borrowIndex, Math.Rounding.Ceil);
        scaledDebtOf[msg.sender] += scaled;
        totalScaledDebt += scaled;
        if (debtOf(msg.sender) > _limit(msg.sender, MAX_LTV)) revert Undercollateralised();
        if (!isBorrower[msg.sender]) {
            isBorrower[msg.sender] = true;
            borrowers.push(msg.sender);
        }
        usdc.safeTransfer(msg.sender, amount);
        emit Borrowed(msg.sender, amount);
    }

    function repay(uint256 amount) external nonReentrant {
        accrue();
        amount = Math.min(amount, debtOf(msg.sender));
        _reduceDebt(msg.sender, amount);
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        emit Repaid(msg.sender, amount);
    }

    function liquidate(address account, uint256 amount) external nonReentrant returns (uint256 seized) {
        accrue();
        uint256 debt = debtOf(account);
        if (debt <= _limit(account, LIQUIDATION_THRESHOLD)) revert NotLiquidatable();
        amount = Math.min(amount, Math.mulDiv(debt, CLOSE_FACTOR, BPS));
        seized = Math.mulDiv(amount * (BPS + LIQUIDATION_BONUS), WAD, collateralValue(WAD) * BPS);
        seized = Math.min(seized, collateralOf[account]);
        _reduceDebt(account, amount);
        collateralOf[account] -= seized;
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        IERC20(address(pool)).safeTransfer(msg.sender, seized);
        emit Liquidated(account, msg.sender, amount, seized);
    }

    function _reduceDebt(address account, uint256 amount) internal {
        uint256 scaled = Math.min(Math.mulDiv(amount, WAD, borrowIndex), scaledDebtOf[account]);
        scaledDebtOf[account] -= scaled;
        totalScaledDebt -= scaled;
    }

    function _limit(address account, uint256 share) internal view returns (uint256) {
        return Math.mulDiv(collateralValue(collateralOf[account]), share, BPS);
    }

    /// @dev Ether per share of the pool.
    function _rate() internal view virtual returns (uint256) {
        return pool.rate();
    }

    /// @notice What shares of the pool are worth in USDC (6 decimals).
    function collateralValue(uint256 shares) public view returns (uint256) {
        (, int256 answer,, uint256 updatedAt,) = feed.latestRoundData();
        if (answer <= 0 || block.timestamp > updatedAt + MAX_PRICE_AGE) revert StalePrice();
        return Math.mulDiv(Math.mulDiv(shares, _rate(), WAD), uint256(answer), 1e20);
    }

    function debtOf(address account) public view returns (uint256) {
        return Math.mulDiv(scaledDebtOf[account], borrowIndex, WAD, Math.Rounding.Ceil);
    }

    function totalAssets() public view returns (uint256) {
        return usdc.balanceOf(address(this)) + Math.mulDiv(totalScaledDebt, borrowIndex, WAD);
    }

    function borrowerCount() external view returns (uint256) {
        return borrowers.length;
    }
}

contract StakedEtherMarketFixed is StakedEtherMarket {
    constructor(IERC20 usdc_, StakedEtherMarketPool pool_, IStakedEtherMarketFeed feed_)
        StakedEtherMarket(usdc_, pool_, feed_)
    {}

    function _rate() internal view override returns (uint256) {
        if (pool.locked()) revert PoolLocked();
        return pool.rate();
    }
}

/// @notice States that every loan is worth no more than the staked ether behind it.
contract StakedEtherMarketChecks {
    StakedEtherMarket public immutable market;

    constructor(StakedEtherMarket market_) {
        market = market_;
    }

    function invariant_everyLoanIsBacked() external view returns (bool) {
        (, int256 answer,,,) = market.feed().latestRoundData();
        uint256 shareValue = Math.mulDiv(market.pool().rate(), uint256(answer), 1e8);
        uint256 count = market.borrowerCount();
        for (uint256 i; i < count; i++) {
            address account = market.borrowers(i);
            uint256 backing = Math.mulDiv(market.collateralOf(account), shareValue, 1e30);
            if (market.debtOf(account) > backing + 1e6) return false; // a dollar of dust
        }
        return true;
    }
}

contract StakedEtherMarketUsdc is ERC20 {
    constructor() ERC20("USD Coin", "USDC") {
        _mint(msg.sender, 100_000_000e6);
    }

    function decimals() public pure override returns (uint8) {
        return 6;
    }
}

/// @notice A stand-in for Chainlink's ETH / USD.
contract StakedEtherMarketFeed is Ownable, IStakedEtherMarketFeed {
    uint8 public constant decimals = 8;
    uint80 internal _round;
    int256 internal _answer;
    uint256 internal _updatedAt;

    constructor(int256 answer) Ownable(msg.sender) {
        publish(answer);
    }

    function publish(int256 answer) public onlyOwner {
        _round++;
        _answer = answer;
        _updatedAt = block.timestamp;
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (_round, _answer, _updatedAt, _updatedAt, _round);
    }
}
