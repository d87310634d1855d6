// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

/// @notice Deposits of USDC for a fixed term at a fixed rate. Each is an NFT, which can be sold, split or merged.
/// @dev Interest is set aside from the treasury's funds when a deposit is opened, so it is always covered.
contract TermDeposits is ERC721, Ownable {
    using SafeERC20 for IERC20;

    struct Deposit {
        uint128 principal;
        uint128 interest; // due at maturity
        uint64 maturity;
    }

    uint256 public constant MIN_DEPOSIT = 100e6;
    uint256 internal constant BPS = 10_000;

    IERC20 public immutable usdc;
    uint256 public nextId = 1;
    uint256 public totalOwed;
    mapping(uint256 => Deposit) public deposits;
    /// @notice Annual rate in basis points by term; 0 if the term is not offered.
    mapping(uint64 => uint256) public rateOf;

    event Funded(address indexed from, uint256 amount);
    event RateSet(uint64 indexed term, uint256 rate);
    event Opened(uint256 indexed id, address indexed owner, uint256 principal, uint256 interest, uint64 maturity);
    event Split(uint256 indexed id, uint256 indexed newId, uint256 principal);
    event Merged(uint256 indexed id, uint256 indexed into);
    event Redeemed(uint256 indexed id, address indexed owner, uint256 paid);

    error TermNotOffered();
    error TooSmall();
    error InterestNotCovered();
    error NotDepositor();
    error NotMature();
    error DifferentMaturity();

    constructor(IERC20 usdc_) ERC721("Term Deposit", "TERM") Ownable(msg.sender) {
        usdc = usdc_;
        rateOf[7 days] = 300;
        rateOf[30 days] = 450;
        rateOf[90 days] = 600;
    }

    function setRate(uint64 term, uint256 rate) external onlyOwner {
        require(rate <= 2_000, "above 20 %");
        rateOf[term] = rate;
        emit RateSet(term, rate);
    }

    /// @notice Adds to what interest is paid from.
    function fund(uint256 amount) external {
        usdc.safeTransferFrom(msg.sender, address(this), amount);
        emit Funded(msg.sender, amount);
    }

    /// @notice Takes back what no deposit is owed.
    function defund(uint256 amount) external onlyOwner {
        if (amount > surplus()) revert InterestNotCovered();
        usdc.safeTransfer(msg.sender, amount);
    }

    /// @param term 7, 30 or 90 days, in seconds
    function open(uint256 principal, uint64 term) external returns (uint256 id) {
        uint256 rate = rateOf[term];
        if (rate == 0) revert TermNotOffered();
        if (principal < MIN_DEPOSIT) revert TooSmall();
        uint256 interest = principal * rate * term / (BPS * 365 days);
        if (interest > surplus()) revert InterestNotCovered();

        usdc.safeTransferFrom(msg.sender, address(this), principal);
        id = nextId++;
        uint64 maturity = uint64(block.timestamp) + term;
        deposits[id] = Deposit(uint128(principal), uint128(interest), maturity);
        totalOwed += principal + interest;
        _safeMint(msg.sender, id);
        emit Opened(id, msg.sender, principal, interest, maturity);
    }

    /// @notice Moves part of a deposit to a new one, with its share of the interest and the same maturity.
    function split(uint256 id, uint256 principal) external virtual returns (uint256 newId) {
        Deposit memory rest = _reduced(id, principal);
        newId = _mintPart(id, principal, deposits[id].interest - rest.interest);
        deposits[id] = rest;
    }

    /// @notice Adds a deposit to another one of the same owner and maturity.
    function merge(uint256 id, uint256 into) external {
        if (ownerOf(id) != msg.sender || ownerOf(into) != msg.sender || id == into) revert NotDepositor();
        Deposit memory part = deposits[id];
        if (part.maturity != deposits[into].maturity) revert DifferentMaturity();
        delete deposits[id];
        _burn(id);
        deposits[into].principal += part.principal;
        deposits[into].interest += part.interest;
        emit Merged(id, into);
    }

    /// @notice Pays a deposit that has matured, with its interest.
    function redeem(uint256 id) external returns (uint256 paid) {
        if (ownerOf(id) != msg.sender) revert NotDepositor();
        Deposit memory mature = deposits[id];
        if (block.timestamp < mature.maturity) revert NotMature();
        paid = uint256(mature.principal) + mature.interest;
        delete deposits[id];
        _burn(id);
        totalOwed -= paid;
        usdc.safeTransfer(msg.sender, paid);
        emit Redeemed(id, msg.sender, paid);
    }

    /// @dev What is left of a deposit once `principal` is taken out of it.
    function _reduced(uint256 id, uint256 principal) internal view returns (Deposit memory rest) {
        if (ownerOf(id) != msg.sender) revert NotDepositor();
        rest = deposits[id];
        if (principal < MIN_DEPOSIT || principal + MIN_DEPOSIT > rest.principal) revert TooSmall();
        uint256 interest = principal * rest.interest / rest.principal;
        rest.principal -= uint128(principal);
        rest.interest -= uint128(interest);
    }

    function _mintPart(uint256 id, uint256 principal, uint256 interest) internal returns (uint256 newId) {
        newId = nextId++;
        deposits[newId] = Deposit(uint128(principal), uint128(interest), deposits[id].maturity);
        _safeMint(msg.sender, newId);
        emit Split(id, newId, principal);
    }

    /// @notice What is not owed to any deposit.
    function surplus() public view returns (uint256) {
        uint256 balance = usdc.balanceOf(address(this));
        return balance > totalOwed ? balance - totalOwed : 0;
    }

    /// @notice What a deposit is owed at its maturity; nothing once it is redeemed.
    function owed(uint256 id) external view returns (uint256) {
        if (_ownerOf(id) == address(0)) return 0;
        return uint256(deposits[id].principal) + deposits[id].interest;
    }
}

contract TermDepositsFixed is TermDeposits {
    constructor(IERC20 usdc_) TermDeposits(usdc_) {}

    function split(uint256 id, uint256 principal) external override returns (uint256 newId) {
        Deposit memory rest = _reduced(id, principal);
        uint256 interest = deposits[id].interest - rest.interest;
        deposits[id] = rest;
        newId = _mintPart(id, principal, interest);
    }
}

/// @notice States that all deposits together can be paid.
contract TermDepositsChecks {
    TermDeposits public immutable desk;

    constructor(TermDeposits desk_) {
        desk = desk_;
    }

    function invariant_depositsAreCovered() external view returns (bool) {
        uint256 sum;
        uint256 end = desk.nextId();
        for (uint256 id = 1; id < end; id++) sum += desk.owed(id);
        return desk.usdc().balanceOf(address(desk)) >= sum;
    }
}

contract TermDepositsUsdc is ERC20 {
    constructor() ERC20("USD Coin", "USDC") {
        _mint(msg.sender, 100_000_000e6);
    }

    function decimals() public pure override returns (uint8) {
        return 6;
    }
}
