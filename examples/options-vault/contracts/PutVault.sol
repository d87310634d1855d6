// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

interface IPriceFeed {
    function latestRoundData() external view returns (uint80, int256 answer, uint256, uint256 updatedAt, uint80);
}

/// @notice Sells puts on ether that are settled in USDC and expire after a week, out of the owner's money.
contract PutVault is Ownable {
    using SafeERC20 for IERC20;
    using Math for uint256;

    struct Put {
        address holder;
        /// @dev USDC that are insured, and USDC for a whole ether, base units
        uint256 notional;
        uint256 strike;
        uint256 reserve;
        uint256 expiry;
    }

    uint256 private constant BPS = 10_000;
    uint256 public constant TERM = 7 days;

    /// @notice Price of a put, relative to its notional, basis points.
    uint256 public constant PREMIUM = 300;

    /// @notice Puts that may be open at a time.
    uint256 public constant MOST = 20;

    /// @notice Age from which on a round of the feed does not count. The feed's heartbeat is an hour.
    uint256 public constant MAX_AGE = 2 hours;

    IERC20 public immutable usdc;
    IPriceFeed public immutable feed;

    /// @notice What is set aside for a new put, relative to its notional, basis points.
    uint256 public margin;
    uint256 public reserved;
    Put[] public puts;

    error StalePrice();
    error SoldOut();
    error NotYours();
    error Expired();
    error NotExpired();
    error OutOfTheMoney();

    /// @dev FLAW: `margin_` is what ether is thought to fall by in a week at most. The contract takes any; 10,000 would cover
    /// whatever happens. Who knows how much is enough? `npm run margin` does.
    constructor(IERC20 usdc_, IPriceFeed feed_, uint256 margin_) Ownable(msg.sender) {
        (usdc, feed, margin) = (usdc_, feed_, margin_);
    }

    function setMargin(uint256 margin_) external onlyOwner {
        margin = margin_;
    }

    /// @notice Takes what is not reserved.
    function withdraw(uint256 amount) external onlyOwner {
        if (amount > free()) revert SoldOut();
        usdc.safeTransfer(msg.sender, amount);
    }

    /// @notice Insures an amount of USDC against a fall of ether below its present price.
    function buy(uint256 amount) external returns (uint256 id) {
        uint256 reserve = amount.mulDiv(margin, BPS, Math.Rounding.Ceil);
        if (reserve > free() || puts.length == MOST) revert SoldOut();
        usdc.safeTransferFrom(msg.sender, address(this), amount.mulDiv(PREMIUM, BPS, Math.Rounding.Ceil));
        reserved += reserve;
        id = puts.length;
        puts.push(Put(msg.sender, amount, price(), reserve, block.timestamp + TERM));
    }

    /// @notice Pays what a put is worth now.
    function exercise(uint256 id) external {
        Put memory put = puts[id];
        if (put.holder != msg.sender) revert NotYours();
        if (block.timestamp > put.expiry) revert Expired();
        uint256 payoff = _payoff(put, price());
        if (payoff == 0) revert OutOfTheMoney();
        _close(id);
        usdc.safeTransfer(msg.sender, payoff);
    }

    /// @notice Frees the reserve of a put that has expired; anybody may.
    function expire(uint256 id) external {
        if (block.timestamp <= puts[id].expiry) revert NotExpired();
        _close(id);
    }

    function balance() public view returns (uint256) {
        return usdc.balanceOf(address(this));
    }

    function free() public view returns (uint256) {
        return Math.saturatingSub(balance(), reserved);
    }

    /// @notice What all holders would get if they exercised now.
    function owed() external view returns (uint256 sum) {
        uint256 now_ = price();
        for (uint256 id = 0; id < puts.length; id++) {
            if (block.timestamp <= puts[id].expiry) sum += _payoff(puts[id], now_);
        }
    }

    /// @notice USDC for a whole ether, base units.
    function price() public view returns (uint256) {
        (, int256 answer, , uint256 updatedAt, ) = feed.latestRoundData();
        if (answer <= 0 || block.timestamp > updatedAt + MAX_AGE) revert StalePrice();
        return uint256(answer) / 100;
    }

    function _payoff(Put memory put, uint256 price_) private pure returns (uint256) {
        return Math.mulDiv(put.notional, Math.saturatingSub(put.strike, price_), put.strike);
    }

    function _close(uint256 id) private {
        reserved -= puts[id].reserve;
        puts[id] = puts[puts.length - 1];
        puts.pop();
    }
}
