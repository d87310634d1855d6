// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

/// @title OrderBook
/// @notice A central limit order book of one base token against one quote token, without fees. Resting orders are filled at their own
/// price: the best first, and of one price the oldest first. What an order offers is held here until it is filled or cancelled.
/// @dev A price is in base units of the quote token, for one whole base token. Amounts are rounded in favour of the resting order.
contract OrderBook is ReentrancyGuard {
    using SafeERC20 for IERC20;

    struct Order {
        address maker;
        bool isBid;
        uint256 price;
        /// Base units of the base token that are still wanted or offered.
        uint256 amount;
        /// What is held for it: of a bid in the quote token, of an ask in the base token.
        uint256 held;
        uint256 previous;
        uint256 next;
    }

    /// @notice An order as `resting` returns it.
    struct Resting {
        uint256 id;
        address maker;
        uint256 price;
        uint256 amount;
    }

    IERC20 public immutable base;
    IERC20 public immutable quote;
    /// @notice One whole base token, base units.
    uint256 public immutable unit;

    mapping(uint256 id => Order) private _orders;

    /// @notice The order of each side that is filled next; 0 if there is none.
    mapping(bool isBid => uint256) public best;
    /// @notice The id of the newest order; ids begin with 1.
    uint256 public newest;

    event Placed(uint256 indexed id, address indexed maker, bool isBid, uint256 price, uint256 amount);
    event Filled(uint256 indexed id, address indexed maker, address indexed taker, uint256 amount, uint256 paid);
    event Cancelled(uint256 indexed id);

    /// @notice An amount or a price is 0, or there is no order to fill.
    error NothingToDo();
    /// @notice The order could be filled at once: orders that are placed are to rest.
    error Crosses();
    error NotYourOrder();
    error TooLittle(uint256 out);

    constructor(IERC20Metadata base_, IERC20 quote_) {
        base = base_;
        quote = quote_;
        unit = 10 ** base_.decimals();
    }

    /// @notice Places an order, which rests until it is filled or cancelled.
    function place(bool isBid, uint256 price, uint256 amount) external nonReentrant returns (uint256 id) {
        if (price == 0 || amount == 0) revert NothingToDo();
        uint256 opposite = best[!isBid];
        if (opposite != 0 && !_comesBefore(isBid, _orders[opposite].price, price)) revert Crosses();

        uint256 previous;
        uint256 next = best[isBid];
        while (next != 0 && !_comesBefore(isBid, price, _orders[next].price)) (previous, next) = (next, _orders[next].next);
        id = ++newest;
        uint256 held = isBid ? Math.mulDiv(amount, price, unit, Math.Rounding.Ceil) : amount;
        _orders[id] = Order(msg.sender, isBid, price, amount, held, previous, next);
        if (previous == 0) best[isBid] = id;
        else _orders[previous].next = id;
        if (next != 0) _orders[next].previous = id;

        emit Placed(id, msg.sender, isBid, price, amount);
        (isBid ? quote : base).safeTransferFrom(msg.sender, address(this), held);
    }

    /// @notice Cancels an order of the caller, and returns what is held for it.
    function cancel(uint256 id) external nonReentrant {
        if (_orders[id].maker != msg.sender) revert NotYourOrder();
        emit Cancelled(id);
        _close(id);
    }

    /// @notice Sells base tokens to the bids; of what they do not take, nothing is taken from the caller.
    /// @param amount base units of the base token
    /// @param minOut the least to receive, base units of the quote token
    function sell(uint256 amount, uint256 minOut) external nonReentrant returns (uint256 out) {
        uint256 left = amount;
        while (left != 0 && best[true] != 0) {
            uint256 id = best[true];
            Order storage order = _orders[id];
            uint256 filled = Math.min(left, order.amount);
            uint256 paid = Math.mulDiv(filled, order.price, unit);
            left -= filled;
            out += paid;
            order.held -= paid;
            base.safeTransferFrom(msg.sender, order.maker, filled);
            _fill(id, filled, paid);
        }
        if (left == amount) revert NothingToDo();
        if (out < minOut) revert TooLittle(out);
        quote.safeTransfer(msg.sender, out);
    }

    /// @notice Buys base tokens from the asks; of what they do not take, nothing is taken from the caller.
    /// @param spend base units of the quote token
    /// @param minOut the least to receive, base units of the base token
    function buy(uint256 spend, uint256 minOut) external nonReentrant returns (uint256 out) {
        uint256 left = spend;
        while (left != 0 && best[false] != 0) {
            uint256 id = best[false];
            Order storage order = _orders[id];
            uint256 whole = Math.mulDiv(order.amount, order.price, unit, Math.Rounding.Ceil);
            uint256 filled = left < whole ? Math.mulDiv(left, unit, order.price) : order.amount;
            if (filled == 0) break;
            uint256 paid = Math.min(left, whole);
            left -= paid;
            out += filled;
            order.held -= filled;
            quote.safeTransferFrom(msg.sender, order.maker, paid);
            _fill(id, filled, paid);
        }
        if (left == spend) revert NothingToDo();
        if (out < minOut) revert TooLittle(out);
        base.safeTransfer(msg.sender, out);
    }

    /// @notice The orders of one side in the order in which they are filled, at most so many.
    function resting(bool isBid, uint256 most) external view returns (Resting[] memory found) {
        uint256 count;
        for (uint256 id = best[isBid]; id != 0 && count < most; id = _orders[id].next) count++;
        found = new Resting[](count);
        uint256 at = best[isBid];
        for (uint256 index = 0; index < count; index++) {
            Order storage order = _orders[at];
            found[index] = Resting(at, order.maker, order.price, order.amount);
            at = order.next;
        }
    }

    /// @notice The best price of a side; 0 if nothing rests there.
    function bestPrice(bool isBid) external view returns (uint256) {
        return _orders[best[isBid]].price;
    }

    /// @dev Whether a new order of a side has priority over a resting one.
    function _comesBefore(bool isBid, uint256 price, uint256 restingPrice) private pure returns (bool) {
        return isBid ? price > restingPrice : price < restingPrice;
    }

    function _fill(uint256 id, uint256 filled, uint256 paid) private {
        Order storage order = _orders[id];
        order.amount -= filled;
        emit Filled(id, order.maker, msg.sender, filled, paid);
        if (order.amount == 0) _close(id);
    }

    function _close(uint256 id) private {
        Order memory order = _orders[id];
        delete _orders[id];
        if (order.previous == 0) best[order.isBid] = order.next;
        else _orders[order.previous].next = order.next;
        if (order.next != 0) _orders[order.next].previous = order.previous;
        if (order.held != 0) (order.isBid ? quote : base).safeTransfer(order.maker, order.held);
    }
}
