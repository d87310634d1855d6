// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title StakedEtherPool
/// @notice A pool of native coin and staked ether at one to one; its shares are a token. It is sound: nobody gets back more than a
/// share of both. Its guard is public, for those who read it.
contract StakedEtherPool is ERC20 {
    IERC20 public immutable staked;
    bool public locked;

    modifier guarded() {
        require(!locked, "locked");
        locked = true;
        _;
        locked = false;
    }

    /// Of ten shares, eight are a large provider's.
    constructor(IERC20 staked_, address provider) payable ERC20("Pool share", "POOL") {
        staked = staked_;
        _mint(provider, (16 * msg.value) / 10);
        _mint(msg.sender, (4 * msg.value) / 10);
    }

    /// Burns shares, and pays coin before staked ether.
    function remove(uint256 shares) external guarded {
        uint256 supply = totalSupply();
        uint256 coin = (address(this).balance * shares) / supply;
        uint256 stakes = (staked.balanceOf(address(this)) * shares) / supply;
        _burn(msg.sender, shares);
        (bool taken, ) = msg.sender.call{value: coin}("");
        require(taken, "not taken");
        staked.transfer(msg.sender, stakes);
    }

    /// What a share is worth, 18 decimals.
    function sharePrice() public view returns (uint256) {
        return ((address(this).balance + staked.balanceOf(address(this))) * 1e18) / totalSupply();
    }
}

/// @notice Lends staked ether against pool shares, up to 80 % of what they are worth.
abstract contract ShareMarketBase {
    StakedEtherPool public immutable pool;
    IERC20 public immutable staked;
    mapping(address account => uint256) public sharesOf;
    mapping(address account => uint256) public debtOf;

    constructor(StakedEtherPool pool_) {
        pool = pool_;
        staked = pool_.staked();
    }

    function pledge(uint256 shares) external {
        pool.transferFrom(msg.sender, address(this), shares);
        sharesOf[msg.sender] += shares;
    }

    /// Lends as much as possible.
    function borrow() external {
        check();
        uint256 debt = (worthOf(msg.sender) * 8) / 10;
        uint256 amount = debt - debtOf[msg.sender];
        require(amount > 0, "nothing");
        debtOf[msg.sender] = debt;
        staked.transfer(msg.sender, amount);
    }

    function worthOf(address account) public view returns (uint256) {
        return (sharesOf[account] * pool.sharePrice()) / 1e18;
    }

    function check() internal view virtual {}
}

/// @title ShareMarket
/// @notice FLAW: it reads the price while the pool pays out: shares are burnt, staked ether is still there.
contract ShareMarket is ShareMarketBase {
    constructor(StakedEtherPool pool_) ShareMarketBase(pool_) {}
}

/// @title ShareMarketFixed
/// @notice The twin: reads no price while the pool's guard is up.
contract ShareMarketFixed is ShareMarketBase {
    constructor(StakedEtherPool pool_) ShareMarketBase(pool_) {}

    function check() internal view override {
        require(!pool.locked(), "in between");
    }
}
