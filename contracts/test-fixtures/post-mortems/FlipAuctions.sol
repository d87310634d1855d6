// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {FeedPrice} from "../FeedPrice.sol";
import {IPriceFeed} from "../Interfaces.sol";

/// @notice Auctions off the collateral of liquidated vaults in lots, each to whoever bid most once nobody has bid higher for ten
/// minutes. FLAW: any bid wins if it is the only one.
/// @dev The mechanism of MakerDAO's collateral auctions of 2020, written anew: it is none of their code, and leaves out their second
/// phase, in which bidders take less collateral.
contract FlipAuctions {
    using SafeERC20 for IERC20;

    struct Lot {
        uint256 best;
        address bidder;
        /// @dev when it is over, seconds: a day after its start without a bid, ten minutes after the last one with it
        uint256 ends;
        bool dealt;
    }

    /// @notice What a lot holds, base units of WETH.
    uint256 public constant SIZE = 50 ether;

    /// @notice How long a bid stands before it wins.
    uint256 public constant BID_TIME = 10 minutes;

    IERC20 public immutable weth;
    IERC20 public immutable usdc;
    IPriceFeed public immutable feed;

    Lot[] public lots;

    /// @notice How many lots were sold, how many of them for less than a hundredth of their value, and what those were worth, USDC.
    uint256 public sold;
    uint256 public soldForNothing;
    uint256 public lost;

    error NotOpen();
    error NotOver();
    error TooLow();
    error NothingLeft();

    constructor(IERC20 weth_, IERC20 usdc_, IPriceFeed feed_) {
        (weth, usdc, feed) = (weth_, usdc_, feed_);
    }

    /// @notice Puts up the next lot, as the liquidation of a vault does.
    function kick() external {
        uint256 open = lots.length - sold;
        if (weth.balanceOf(address(this)) < (open + 1) * SIZE) revert NothingLeft();
        lots.push(Lot(0, address(0), block.timestamp + 1 days, false));
    }

    /// @notice Bids USDC for a lot, at least 3 % more than the last bid.
    function bid(uint256 id, uint256 amount) external {
        Lot storage lot = lots[id];
        if (lot.dealt || block.timestamp >= lot.ends) revert NotOpen();
        if (amount <= lot.best || amount * 100 < lot.best * 103 || amount < least()) revert TooLow();
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        if (lot.bidder != address(0)) usdc.safeTransfer(lot.bidder, lot.best);
        (lot.best, lot.bidder, lot.ends) = (amount, msg.sender, block.timestamp + BID_TIME);
    }

    /// @notice Hands over a lot whose auction is over.
    function deal(uint256 id) external {
        Lot storage lot = lots[id];
        if (lot.dealt || lot.bidder == address(0) || block.timestamp < lot.ends) revert NotOver();
        lot.dealt = true;
        sold++;
        if (lot.best < value() / 100) {
            soldForNothing++;
            lost += value();
        }
        weth.safeTransfer(lot.bidder, SIZE);
    }

    /// @notice The lots that are not dealt yet.
    function openLots() external view returns (uint256[] memory ids, Lot[] memory open) {
        ids = new uint256[](lots.length - sold);
        open = new Lot[](ids.length);
        uint256 next = 0;
        for (uint256 id = 0; id < lots.length; id++) {
            if (lots[id].dealt) continue;
            (ids[next], open[next]) = (id, lots[id]);
            next++;
        }
    }

    /// @notice What a lot is worth at the feed's price, USDC.
    function value() public view returns (uint256) {
        return (SIZE * FeedPrice.latest(feed)) / 1e18;
    }

    /// @notice The least first bid, USDC.
    function least() public view virtual returns (uint256) {
        return 0;
    }
}

/// @notice The twin: a lot is not sold for less than four fifths of its value at the feed's price.
contract FlipAuctionsFixed is FlipAuctions {
    constructor(IERC20 weth_, IERC20 usdc_, IPriceFeed feed_) FlipAuctions(weth_, usdc_, feed_) {}

    /// @inheritdoc FlipAuctions
    function least() public view override returns (uint256) {
        return (value() * 4) / 5;
    }
}
