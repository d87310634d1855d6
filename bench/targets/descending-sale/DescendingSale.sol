// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

contract DescendingSaleToken is ERC20 {
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

/// @title DescendingSale
/// @notice Dutch sale of a token for USDC in which everybody pays the same price. Buyers commit USDC while the price
/// falls. The sale closes as soon as the commitments pay for all tokens, or at its end, when what is left returns to
/// the issuer. After that every buyer claims tokens at the clearing price.
contract DescendingSale is Ownable {
    using SafeERC20 for IERC20;
    using Math for uint256;

    error InvalidTerms();
    error NotOpen();
    error NotClosed();
    error ZeroAmount();
    error AccountCapReached();
    error NothingToClaim();
    error AlreadyFinalized();

    event Committed(address indexed account, uint256 amount, uint256 price);
    event Claimed(address indexed account, uint256 commitment, uint256 tokens);
    event Finalized(uint256 proceeds, uint256 unsold);

    struct Terms {
        uint256 supply; // tokens for sale, 18 decimals
        uint256 startPrice; // USDC (6 decimals) per token
        uint256 floorPrice;
        uint256 accountCap; // USDC per account
        uint64 start;
        uint64 end;
    }

    uint256 internal constant ONE = 1e18;

    IERC20 public immutable token;
    IERC20 public immutable usdc;
    Terms public terms;

    uint256 public totalCommitted;
    uint256 public totalClaimed;
    mapping(address => uint256) public committed;
    mapping(address => bool) public hasClaimed;
    bool public finalized;

    constructor(IERC20 token_, IERC20 usdc_, Terms memory terms_) Ownable(msg.sender) {
        if (terms_.start >= terms_.end || terms_.floorPrice == 0 || terms_.floorPrice >= terms_.startPrice) {
            revert InvalidTerms();
        }
        token = token_;
        usdc = usdc_;
        terms = terms_;
    }

    /// @notice Falls in a straight line, from the start to the floor.
    function price() public view returns (uint256) {
        if (block.timestamp <= terms.start) return terms.startPrice;
        if (block.timestamp >= terms.end) return terms.floorPrice;
        uint256 fall = (terms.startPrice - terms.floorPrice) * (block.timestamp - terms.start);
        return terms.startPrice - fall / (terms.end - terms.start);
    }

    /// @notice What everybody pays per token.
    function clearingPrice() public view virtual returns (uint256) {
        return price();
    }

    /// @notice What all tokens cost at today's price.
    function goal() public view returns (uint256) {
        return terms.supply.mulDiv(price(), ONE);
    }

    function isClosed() public view returns (bool) {
        return block.timestamp >= terms.end || totalCommitted >= goal();
    }

    /// @notice The sale has the tokens that buyers are still to claim.
    function invariant_claimsAreCovered() external view returns (bool) {
        uint256 owed = (totalCommitted - totalClaimed).mulDiv(ONE, clearingPrice());
        return owed <= token.balanceOf(address(this));
    }

    /// @notice Commits up to `amount`: no more than the account's cap, and than the sale still takes.
    function commit(uint256 amount) external returns (uint256 accepted) {
        if (block.timestamp < terms.start || isClosed()) revert NotOpen();
        accepted = amount.min(terms.accountCap - committed[msg.sender]);
        if (accepted == 0) revert AccountCapReached();
        accepted = accepted.min(goal() - totalCommitted);
        if (accepted == 0) revert ZeroAmount();
        committed[msg.sender] += accepted;
        totalCommitted += accepted;
        usdc.safeTransferFrom(msg.sender, address(this), accepted);
        emit Committed(msg.sender, accepted, price());
    }

    function claim() external returns (uint256 tokens) {
        if (!isClosed()) revert NotClosed();
        uint256 commitment = committed[msg.sender];
        if (commitment == 0 || hasClaimed[msg.sender]) revert NothingToClaim();
        hasClaimed[msg.sender] = true;
        totalClaimed += commitment;
        tokens = commitment.mulDiv(ONE, clearingPrice());
        token.safeTransfer(msg.sender, tokens);
        emit Claimed(msg.sender, commitment, tokens);
    }

    /// @notice Pays the issuer, and returns what was not sold.
    function finalize() external onlyOwner {
        if (!isClosed()) revert NotClosed();
        if (finalized) revert AlreadyFinalized();
        finalized = true;
        uint256 owed = (totalCommitted - totalClaimed).mulDiv(ONE, clearingPrice());
        uint256 held = token.balanceOf(address(this));
        uint256 unsold = held > owed ? held - owed : 0;
        usdc.safeTransfer(msg.sender, totalCommitted);
        token.safeTransfer(msg.sender, unsold);
        emit Finalized(totalCommitted, unsold);
    }
}

contract DescendingSaleFixed is DescendingSale {
    using Math for uint256;

    constructor(IERC20 token_, IERC20 usdc_, Terms memory terms_) DescendingSale(token_, usdc_, terms_) {}

    function clearingPrice() public view override returns (uint256) {
        return price().max(totalCommitted.mulDiv(ONE, terms.supply, Math.Rounding.Ceil));
    }
}
