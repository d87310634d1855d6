// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

contract DeedAuctionToken is ERC20 {
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

interface IDeedAuctionFeed {
    function latestRoundData()
        external
        view
        returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound);
}

contract DeedAuctionFeed is IDeedAuctionFeed {
    uint8 public constant decimals = 8;
    string public constant description = "ETH / USD";
    uint256 public constant version = 1;

    uint80 internal round;
    int256 internal answer;
    uint256 internal updatedAt;

    constructor(int256 answer_) {
        setAnswer(answer_);
    }

    function setAnswer(int256 answer_) public {
        round += 1;
        answer = answer_;
        updatedAt = block.timestamp;
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (round, answer, updatedAt, updatedAt, round);
    }
}

/// @title DeedAuction
/// @notice English auctions of property deeds, which are handed over by the notary. Bids are in USDC or in WETH, and
/// compared in dollars at the price of Chainlink. Who is outbid gets a refund to withdraw.
contract DeedAuction is Ownable {
    using SafeERC20 for IERC20;

    error UnknownDeed();
    error AuctionOver();
    error AuctionNotOver(uint256 endsAt);
    error AlreadySettled();
    error BidTooLow(uint256 value, uint256 minimum);
    error BadPrice();
    error NothingToWithdraw();

    event DeedListed(uint256 indexed id, uint256 reserve, uint256 endsAt);
    event BidPlaced(uint256 indexed id, address indexed bidder, bool inEther, uint256 amount, uint256 value);
    event RefundCredited(address indexed bidder, bool inEther, uint256 amount);
    event Withdrawn(address indexed bidder, bool inEther, uint256 amount);
    event Settled(uint256 indexed id, address indexed winner);

    struct Bid {
        address bidder;
        bool inEther;
        uint256 amount; // of the token
        uint256 value; // in dollars with 6 decimals, when it was placed
    }

    struct Deed {
        uint256 reserve; // in dollars with 6 decimals
        uint256 endsAt;
        bool settled;
        Bid best;
    }

    uint256 public constant MAX_AGE = 3 hours;
    uint256 public constant INCREMENT_BPS = 200;

    IERC20 public immutable usdc;
    IERC20 public immutable weth;
    IDeedAuctionFeed public immutable feed;
    address public immutable beneficiary;

    Deed[] internal _deeds;
    /// @notice Refunds that wait for their bidders, by bidder and currency.
    mapping(address => mapping(bool inEther => uint256)) public refunds;
    mapping(bool inEther => uint256) public totalRefunds;

    constructor(IERC20 usdc_, IERC20 weth_, IDeedAuctionFeed feed_, address beneficiary_) Ownable(msg.sender) {
        usdc = usdc_;
        weth = weth_;
        feed = feed_;
        beneficiary = beneficiary_;
    }

    function deedCount() external view returns (uint256) {
        return _deeds.length;
    }

    function deeds(uint256 id) external view returns (Deed memory) {
        return _deeds[id];
    }

    function etherPrice() public view returns (uint256) {
        (, int256 answer,, uint256 updatedAt,) = feed.latestRoundData();
        if (answer <= 0 || block.timestamp - updatedAt > MAX_AGE) revert BadPrice();
        return uint256(answer);
    }

    /// @notice Dollars with 6 decimals.
    function valueOf(bool inEther, uint256 amount) public view returns (uint256) {
        return inEther ? amount * etherPrice() / 1e20 : amount;
    }

    /// @notice The contract holds the best bids of all running auctions and the refunds, in both currencies.
    function invariant_escrow() external view returns (bool) {
        uint256 inUsdc = totalRefunds[false];
        uint256 inWeth = totalRefunds[true];
        for (uint256 id = 0; id < _deeds.length; id++) {
            Deed storage deed = _deeds[id];
            if (deed.settled) continue;
            if (deed.best.inEther) inWeth += deed.best.amount;
            else inUsdc += deed.best.amount;
        }
        return inUsdc <= usdc.balanceOf(address(this)) && inWeth <= weth.balanceOf(address(this));
    }

    function list(uint256 reserve, uint256 duration) external onlyOwner returns (uint256 id) {
        id = _deeds.length;
        Deed storage deed = _deeds.push();
        deed.reserve = reserve;
        deed.endsAt = block.timestamp + duration;
        emit DeedListed(id, reserve, deed.endsAt);
    }

    /// @notice Bids at least the reserve, or two per cent more than the best bid is worth today.
    function bid(uint256 id, bool inEther, uint256 amount) external {
        Deed storage deed = _deed(id);
        if (block.timestamp >= deed.endsAt) revert AuctionOver();
        uint256 value = valueOf(inEther, amount);
        Bid memory last = deed.best;
        uint256 minimum = deed.reserve;
        if (last.bidder != address(0)) {
            minimum = valueOf(last.inEther, last.amount) * (10_000 + INCREMENT_BPS) / 10_000;
        }
        if (value < minimum) revert BidTooLow(value, minimum);

        deed.best = Bid({bidder: msg.sender, inEther: inEther, amount: amount, value: value});
        (inEther ? weth : usdc).safeTransferFrom(msg.sender, address(this), amount);
        emit BidPlaced(id, msg.sender, inEther, amount, value);

        if (last.bidder == address(0)) return;
        uint256 refund = _refundOf(last);
        refunds[last.bidder][last.inEther] += refund;
        totalRefunds[last.inEther] += refund;
        emit RefundCredited(last.bidder, last.inEther, refund);
    }

    function withdraw(bool inEther) external returns (uint256 amount) {
        amount = refunds[msg.sender][inEther];
        if (amount == 0) revert NothingToWithdraw();
        refunds[msg.sender][inEther] = 0;
        totalRefunds[inEther] -= amount;
        (inEther ? weth : usdc).safeTransfer(msg.sender, amount);
        emit Withdrawn(msg.sender, inEther, amount);
    }

    /// @notice Pays the beneficiary once an auction is over. Anybody may call it.
    function settle(uint256 id) external {
        Deed storage deed = _deed(id);
        if (block.timestamp < deed.endsAt) revert AuctionNotOver(deed.endsAt);
        if (deed.settled) revert AlreadySettled();
        deed.settled = true;
        Bid memory best = deed.best;
        if (best.amount > 0) (best.inEther ? weth : usdc).safeTransfer(beneficiary, best.amount);
        emit Settled(id, best.bidder);
    }

    /// @dev What is paid back for a bid, in its currency: what it was worth.
    function _refundOf(Bid memory last) internal view virtual returns (uint256) {
        return last.inEther ? last.value * 1e20 / etherPrice() : last.value;
    }

    function _deed(uint256 id) internal view returns (Deed storage) {
        if (id >= _deeds.length) revert UnknownDeed();
        return _deeds[id];
    }
}

contract DeedAuctionFixed is DeedAuction {
    constructor(IERC20 usdc_, IERC20 weth_, IDeedAuctionFeed feed_, address beneficiary_)
        DeedAuction(usdc_, weth_, feed_, beneficiary_)
    {}

    function _refundOf(Bid memory last) internal pure override returns (uint256) {
        return last.amount;
    }
}
