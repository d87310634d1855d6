// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {FeedPrice} from "./FeedPrice.sol";
import {IPriceFeed} from "./Interfaces.sol";

/// @notice Sells a lot of WETH to the highest bidder, to cover a debt in USDC. Opens and closes at fixed times.
abstract contract AuctionHouseBase {
    using SafeERC20 for IERC20;

    IERC20 public immutable weth;
    IERC20 public immutable usdc;
    IPriceFeed public immutable feed;

    /// @notice WETH for sale, base units.
    uint256 public immutable lot;
    /// @notice The amount to be raised, USDC base units.
    uint256 public immutable debt;
    uint256 public immutable opens;
    uint256 public immutable closes;

    address public bidder;
    /// @notice The highest bid, USDC base units.
    uint256 public best;
    bool public settled;

    error NotOpen();
    error TooLow(uint256 least);

    constructor(IERC20 weth_, IERC20 usdc_, IPriceFeed feed_, uint256 lot_, uint256 debt_) {
        (weth, usdc, feed, lot, debt) = (weth_, usdc_, feed_, lot_, debt_);
        opens = block.timestamp + 3 minutes;
        closes = opens + 2 minutes;
    }

    /// @notice The minimum first bid, USDC base units.
    function reserve() public view virtual returns (uint256);

    /// @notice Bids USDC for the whole lot: at least 5 % above the highest bid. The outbid account is refunded.
    function bid(uint256 amount) external {
        if (block.timestamp < opens || block.timestamp >= closes) revert NotOpen();
        uint256 least = best == 0 ? reserve() : best + best / 20;
        if (amount < least || amount <= best) revert TooLow(least);
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        if (bidder != address(0)) usdc.safeTransfer(bidder, best);
        (bidder, best) = (msg.sender, amount);
    }

    /// @notice Hands over the lot once the auction is closed.
    function settle() external {
        if (block.timestamp < closes || settled || bidder == address(0)) revert NotOpen();
        settled = true;
        weth.safeTransfer(bidder, lot);
    }

    /// @notice What covers the debt: the lot at the feed's price until it is sold, then its proceeds.
    function assets() external view returns (uint256) {
        return settled ? best : value();
    }

    /// @notice The lot at the feed's price, USDC base units.
    function value() public view returns (uint256) {
        return (lot * FeedPrice.latest(feed)) / 1e18;
    }
}

/// @title AuctionHouse
/// @notice FLAW: any bid wins if there is no other, as when keepers are priced out of full blocks (MakerDAO, 12 March
/// 2020: lots sold for nothing).
contract AuctionHouse is AuctionHouseBase {
    constructor(
        IERC20 weth_,
        IERC20 usdc_,
        IPriceFeed feed_,
        uint256 lot_,
        uint256 debt_
    ) AuctionHouseBase(weth_, usdc_, feed_, lot_, debt_) {}

    /// @inheritdoc AuctionHouseBase
    function reserve() public pure override returns (uint256) {
        return 0;
    }
}

/// @title AuctionHouseFixed
/// @notice The twin: bids start at the debt.
contract AuctionHouseFixed is AuctionHouseBase {
    constructor(
        IERC20 weth_,
        IERC20 usdc_,
        IPriceFeed feed_,
        uint256 lot_,
        uint256 debt_
    ) AuctionHouseBase(weth_, usdc_, feed_, lot_, debt_) {}

    /// @inheritdoc AuctionHouseBase
    function reserve() public view override returns (uint256) {
        return debt;
    }
}
