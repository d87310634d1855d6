// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

contract LotHouseToken is ERC20 {
    uint8 internal immutable _decimals;

    constructor(string memory name_, string memory symbol_, uint8 decimals_) ERC20(name_, symbol_) {
        _decimals = decimals_;
    }

    function decimals() public view override returns (uint8) {
        return _decimals;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// @title LotHouse
/// @notice English auctions of WETH lots for USDC. A seller may withdraw its lot as long as no bid meets the reserve.
/// Lots and the highest bids are held here; who is outbid is paid back at once.
contract LotHouse is Ownable {
    using SafeERC20 for IERC20;

    error InvalidLot();
    error InvalidDuration();
    error UnknownLot();
    error NotSeller();
    error AuctionOver();
    error AuctionNotOver(uint256 endsAt);
    error LotCancelled();
    error LotSettled();
    error BidTooLow(uint256 minimum);
    error ReserveMet();

    event LotCreated(uint256 indexed id, address indexed seller, uint256 amount, uint256 reserve, uint256 endsAt);
    event BidPlaced(uint256 indexed id, address indexed bidder, uint256 amount);
    event LotWithdrawn(uint256 indexed id);
    event Sold(uint256 indexed id, address indexed buyer, uint256 amount, uint256 fee);
    event NotSold(uint256 indexed id);

    struct Lot {
        address seller;
        uint64 endsAt;
        bool cancelled;
        bool settled;
        address bidder;
        uint256 amount; // WETH
        uint256 reserve; // USDC for the whole lot
        uint256 bid; // USDC
    }

    uint256 public constant MIN_LOT = 0.1 ether;
    uint256 public constant MIN_DURATION = 1 hours;
    uint256 public constant MAX_DURATION = 7 days;
    uint256 public constant EXTENSION = 10 minutes;
    uint256 public constant FEE_BPS = 100;
    uint256 public constant INCREMENT_BPS = 500;

    IERC20 public immutable weth;
    IERC20 public immutable usdc;
    Lot[] public lots;
    uint256 public fees;

    constructor(IERC20 weth_, IERC20 usdc_) Ownable(msg.sender) {
        weth = weth_;
        usdc = usdc_;
    }

    function lotCount() external view returns (uint256) {
        return lots.length;
    }

    /// @notice The house holds every lot that is under the hammer, its highest bid, and the fees.
    function invariant_custody() external view returns (bool) {
        uint256 lotsHeld;
        uint256 bidsHeld = fees;
        for (uint256 id = 0; id < lots.length; id++) {
            Lot storage lot = lots[id];
            if (lot.settled || lot.cancelled) continue;
            lotsHeld += lot.amount;
            bidsHeld += lot.bid;
        }
        return weth.balanceOf(address(this)) >= lotsHeld && usdc.balanceOf(address(this)) >= bidsHeld;
    }

    function create(uint256 amount, uint256 reserve, uint256 duration) external returns (uint256 id) {
        if (amount < MIN_LOT || reserve == 0) revert InvalidLot();
        if (duration < MIN_DURATION || duration > MAX_DURATION) revert InvalidDuration();
        weth.safeTransferFrom(msg.sender, address(this), amount);
        id = lots.length;
        Lot storage lot = lots.push();
        lot.seller = msg.sender;
        lot.endsAt = uint64(block.timestamp + duration);
        lot.amount = amount;
        lot.reserve = reserve;
        emit LotCreated(id, msg.sender, amount, reserve, lot.endsAt);
    }

    /// @notice Bids at least a hundredth of the reserve, or five per cent more than the highest bid. A late bid
    /// extends the auction.
    function bid(uint256 id, uint256 amount) external {
        Lot storage lot = _lot(id);
        if (lot.cancelled) revert LotCancelled();
        if (block.timestamp >= lot.endsAt) revert AuctionOver();
        uint256 minimum = lot.bid == 0 ? lot.reserve / 100 + 1 : lot.bid * (10_000 + INCREMENT_BPS) / 10_000;
        if (amount < minimum) revert BidTooLow(minimum);

        address outbid = lot.bidder;
        uint256 refund = lot.bid;
        lot.bidder = msg.sender;
        lot.bid = amount;
        if (lot.endsAt - block.timestamp < EXTENSION) lot.endsAt = uint64(block.timestamp + EXTENSION);
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        if (refund > 0) usdc.safeTransfer(outbid, refund);
        emit BidPlaced(id, msg.sender, amount);
    }

    /// @notice The seller takes its lot back.
    function cancel(uint256 id) external {
        Lot storage lot = _lot(id);
        if (lot.seller != msg.sender) revert NotSeller();
        if (lot.cancelled) revert LotCancelled();
        if (lot.settled) revert LotSettled();
        if (lot.bid >= lot.reserve) revert ReserveMet();
        lot.cancelled = true;
        _returnAll(lot);
        emit LotWithdrawn(id);
    }

    /// @notice Ends an auction whose time is over. Anybody may call it.
    function settle(uint256 id) external {
        Lot storage lot = _lot(id);
        _requireOpen(lot);
        if (block.timestamp < lot.endsAt) revert AuctionNotOver(lot.endsAt);
        lot.settled = true;
        if (lot.bid < lot.reserve) {
            _returnAll(lot);
            emit NotSold(id);
            return;
        }
        uint256 fee = lot.bid * FEE_BPS / 10_000;
        fees += fee;
        usdc.safeTransfer(lot.seller, lot.bid - fee);
        weth.safeTransfer(lot.bidder, lot.amount);
        emit Sold(id, lot.bidder, lot.bid, fee);
    }

    function collectFees(address to) external onlyOwner {
        uint256 amount = fees;
        fees = 0;
        usdc.safeTransfer(to, amount);
    }

    function _requireOpen(Lot storage lot) internal view virtual {
        if (lot.settled) revert LotSettled();
    }

    function _returnAll(Lot storage lot) internal {
        weth.safeTransfer(lot.seller, lot.amount);
        if (lot.bid > 0) usdc.safeTransfer(lot.bidder, lot.bid);
    }

    function _lot(uint256 id) internal view returns (Lot storage) {
        if (id >= lots.length) revert UnknownLot();
        return lots[id];
    }
}

contract LotHouseFixed is LotHouse {
    constructor(IERC20 weth_, IERC20 usdc_) LotHouse(weth_, usdc_) {}

    function _requireOpen(Lot storage lot) internal view override {
        if (lot.cancelled) revert LotCancelled();
        if (lot.settled) revert LotSettled();
    }
}
