// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

contract SettledPutsUsdc is ERC20("USD Coin", "USDC") {
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

contract SettledPutsFeed {
    uint8 public constant decimals = 8;
    int256 public answer;
    uint256 public updatedAt;
    uint80 public roundId;

    constructor(int256 initial) {
        setAnswer(initial);
    }

    function setAnswer(int256 next) public {
        answer = next;
        updatedAt = block.timestamp;
        roundId++;
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (roundId, answer, updatedAt, updatedAt, roundId);
    }
}

/// @title European ether puts, fully collateralised in USDC and settled in cash after expiry
/// @notice Writing a put locks its strike and gives the writer a long and a short. The writer sells the long by
/// transferring it. After expiry, a long is worth strike - price (if positive), a short the rest of the strike.
contract SettledPuts is Ownable {
    using SafeERC20 for IERC20;

    struct Series {
        uint256 strike; // USDC per ether, 6 decimals
        uint256 expiry;
        uint256 longs; // ether, 18 decimals
        uint256 shorts;
        uint256 settlementPrice; // 6 decimals
    }

    uint256 public constant FEE_BPS = 10;
    uint256 public constant MAX_AGE = 25 hours;

    IERC20 public immutable usdc;
    SettledPutsFeed public immutable feed;

    Series[] public series;
    mapping(uint256 id => mapping(address holder => uint256)) public longOf;
    mapping(uint256 id => mapping(address writer => uint256)) public shortOf;
    uint256 public fees;

    event SeriesListed(uint256 indexed id, uint256 strike, uint256 expiry);
    event Written(uint256 indexed id, address indexed writer, uint256 amount);
    event Unwound(uint256 indexed id, address indexed writer, uint256 amount);
    event Redeemed(uint256 indexed id, address indexed account, bool long, uint256 amount, uint256 paid);

    error Expired();
    error NotExpired();
    error StalePrice();
    error ZeroAmount();

    constructor(IERC20 usdc_, SettledPutsFeed feed_) Ownable(msg.sender) {
        usdc = usdc_;
        feed = feed_;
    }

    function list(uint256 strike, uint256 expiry) external onlyOwner returns (uint256 id) {
        if (expiry <= block.timestamp) revert Expired();
        id = series.length;
        series.push(Series(strike, expiry, 0, 0, 0));
        emit SeriesListed(id, strike, expiry);
    }

    function collectFees(address to) external onlyOwner {
        uint256 amount = fees;
        fees = 0;
        usdc.safeTransfer(to, amount);
    }

    /// @notice Locks the strike of `amount` puts (18 decimals) and mints as many longs and shorts.
    function write(uint256 id, uint256 amount) external {
        Series storage s = series[id];
        if (block.timestamp >= s.expiry) revert Expired();
        if (amount == 0) revert ZeroAmount();
        uint256 collateral = Math.mulDiv(amount, s.strike, 1e18, Math.Rounding.Ceil);
        uint256 fee = Math.mulDiv(collateral, FEE_BPS, 10_000, Math.Rounding.Ceil);
        s.longs += amount;
        s.shorts += amount;
        longOf[id][msg.sender] += amount;
        shortOf[id][msg.sender] += amount;
        fees += fee;
        usdc.safeTransferFrom(msg.sender, address(this), collateral + fee);
        emit Written(id, msg.sender, amount);
    }

    /// @notice Burns longs and shorts together, before expiry, for the strike.
    function unwind(uint256 id, uint256 amount) external {
        Series storage s = series[id];
        if (block.timestamp >= s.expiry) revert Expired();
        _burnLong(s, id, amount);
        _burnShort(s, id, amount);
        usdc.safeTransfer(msg.sender, Math.mulDiv(amount, s.strike, 1e18));
        emit Unwound(id, msg.sender, amount);
    }

    function transferLong(uint256 id, address to, uint256 amount) external {
        longOf[id][msg.sender] -= amount;
        longOf[id][to] += amount;
    }

    /// @notice Cashes in longs of an expired series.
    function redeemLong(uint256 id, uint256 amount) external {
        Series storage s = series[id];
        uint256 payoff = _payoff(s.strike, _settle(s));
        _burnLong(s, id, amount);
        uint256 paid = Math.mulDiv(amount, payoff, 1e18);
        usdc.safeTransfer(msg.sender, paid);
        emit Redeemed(id, msg.sender, true, amount, paid);
    }

    /// @notice Returns to a writer what the longs of an expired series do not get.
    function redeemShort(uint256 id, uint256 amount) external {
        Series storage s = series[id];
        uint256 payoff = _payoff(s.strike, _settle(s));
        _burnShort(s, id, amount);
        uint256 paid = Math.mulDiv(amount, s.strike - payoff, 1e18);
        usdc.safeTransfer(msg.sender, paid);
        emit Redeemed(id, msg.sender, false, amount, paid);
    }

    /// @notice USDC per ether, 6 decimals.
    function price() public view returns (uint256) {
        (, int256 answer,, uint256 updatedAt,) = feed.latestRoundData();
        if (answer <= 0 || block.timestamp > updatedAt + MAX_AGE) revert StalePrice();
        return uint256(answer) / 100;
    }

    /// @notice What holders and writers of a series can claim.
    function owed(uint256 id) public view returns (uint256) {
        Series storage s = series[id];
        uint256 payoff = _payoff(s.strike, s.settlementPrice == 0 ? price() : s.settlementPrice);
        return Math.mulDiv(s.longs, payoff, 1e18) + Math.mulDiv(s.shorts, s.strike - payoff, 1e18);
    }

    /// @notice All claims, and the fees, are covered.
    function invariant_solvent() external view returns (bool) {
        uint256 total = fees;
        for (uint256 id = 0; id < series.length; id++) total += owed(id);
        return usdc.balanceOf(address(this)) >= total;
    }

    function _settle(Series storage s) internal virtual returns (uint256) {
        if (block.timestamp < s.expiry) revert NotExpired();
        return price();
    }

    function _payoff(uint256 strike, uint256 settlement) internal pure returns (uint256) {
        return settlement < strike ? strike - settlement : 0;
    }

    function _burnLong(Series storage s, uint256 id, uint256 amount) internal {
        if (amount == 0) revert ZeroAmount();
        longOf[id][msg.sender] -= amount;
        s.longs -= amount;
    }

    function _burnShort(Series storage s, uint256 id, uint256 amount) internal {
        if (amount == 0) revert ZeroAmount();
        shortOf[id][msg.sender] -= amount;
        s.shorts -= amount;
    }
}

contract SettledPutsFixed is SettledPuts {
    constructor(IERC20 usdc_, SettledPutsFeed feed_) SettledPuts(usdc_, feed_) {}

    function _settle(Series storage s) internal override returns (uint256) {
        if (s.settlementPrice == 0) s.settlementPrice = super._settle(s);
        return s.settlementPrice;
    }
}
