// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IAggregator, IMarginEngine, IRouter} from "./Interfaces.sol";
import {Addresses, State, VM} from "./State.sol";

/// @notice A scenario of test/fixtures/scenarios.ts, for a handler.
struct Scenario {
    /// The horizon.
    uint256 blocks;
    /// Seconds between blocks.
    uint256 blockTime;
    /// Seconds after which the feed always publishes.
    uint256 heartbeat;
    /// The largest fall of ether, parts per million; over how many blocks (1 or 2), and the block in which it starts: 0 for
    /// any.
    uint256 drop;
    uint256 over;
    uint256 fallsIn;
    /// The longest silence of the feed.
    uint256 maxDelayBlocks;
}

/// @notice The world of a siege, block by block: ether's fair price, the Chainlink feed that follows it, and its silences.
/// One sequence of calls is one run: once the horizon is reached, no block follows.
/// @dev The base's constructor leaves the world as our own runs find it: one block after the deployment.
abstract contract World {
    uint256 internal constant PPM = 1_000_000;

    /// @dev Deviation at which the feed publishes: 0.5 %.
    uint256 private constant DEVIATION = 5_000;

    /// @dev The most silences in a run.
    uint256 private constant MAX_SILENCES = 3;

    /// @dev The most blocks that one call advances, so that most sequences reach their horizon.
    uint256 private constant MAX_STRIDE = 4;

    Addresses internal chain;
    Scenario internal scenario;
    address internal immutable ATTACKER = State.person("attacker");

    /// @notice The run's present block, from 0.
    uint256 public current;

    /// @notice Ether's fair price, US dollars with the feed's 8 decimals.
    uint256 public fairPrice;

    uint256 private _start;
    uint256 private _answer;
    uint256 private _answeredAt;
    uint256 private _silentUntil;
    uint256 private _silences;
    uint256 private _fallsIn;
    uint256 private _fallSize;

    constructor(string memory json, Scenario memory scenario_) {
        chain = State.addresses(json);
        scenario = scenario_;
        fairPrice = uint256(IAggregator(chain.aggregator).latestAnswer());
        _answer = fairPrice;
        // our agents grant their allowances in a block of their own
        _start = chain.timestamp + scenario_.blockTime;
        _answeredAt = _start;
        VM.roll(chain.block + 1);
        VM.warp(_start);
    }

    /// @notice One to four blocks pass.
    /// @param luck randomness for whatever else happens in them, if needed
    function nextBlock(uint256 count, uint256 luck) external {
        count = bound(count, 1, MAX_STRIDE);
        for (uint256 i = 0; i < count && current < scenario.blocks; i++) {
            current++;
            VM.roll(chain.block + 1 + current);
            VM.warp(_start + current * scenario.blockTime);
            _move();
            _publish();
            _live(uint256(keccak256(abi.encode(luck, current))));
        }
    }

    /// @dev Ether falls once in a run: by the scenario's drop, or by anything up to it.
    function planFall(uint256 size, bool whole) internal {
        require(_fallsIn == 0);
        _fallsIn = scenario.fallsIn == 0 ? current + 1 : scenario.fallsIn;
        require(current < _fallsIn);
        _fallSize = whole ? scenario.drop : bound(size, 1, scenario.drop);
    }

    /// @dev The feed publishes nothing from the next block on.
    function planSilence(uint256 blocks) internal {
        require(_silences++ < MAX_SILENCES);
        uint256 until = current + bound(blocks, 1, scenario.maxDelayBlocks);
        if (until > _silentUntil) _silentUntil = until;
    }

    /// @dev What the others do in a block.
    function _live(uint256 luck) internal virtual {}

    function _move() private {
        if (_fallsIn == 0 || current < _fallsIn || current >= _fallsIn + scenario.over) return;
        uint256 rest = PPM - _fallSize;
        // each of a fall's two blocks moves by the square root
        fairPrice = (fairPrice * (scenario.over == 1 ? rest : sqrt(rest * PPM))) / PPM;
    }

    /// @dev What src/market/oracle-schedule.ts decides.
    function _publish() private {
        if (current <= _silentUntil) return;
        uint256 distance = fairPrice > _answer ? fairPrice - _answer : _answer - fairPrice;
        bool moved = distance != 0 && distance * PPM >= _answer * DEVIATION;
        if (!moved && block.timestamp - _answeredAt < scenario.heartbeat) return;
        (_answer, _answeredAt) = (fairPrice, block.timestamp);
        uint256 round = IAggregator(chain.aggregator).latestRound() + 1;
        VM.prank(chain.oracle);
        IAggregator(chain.aggregator).submit(round, int256(fairPrice));
    }

    function sqrt(uint256 value) private pure returns (uint256 root) {
        root = value;
        uint256 next = (value + 1) / 2;
        while (next < root) (root, next) = (next, (next + value / next) / 2);
    }

    /// @dev forge-std's: a value in range is unchanged, and edges of the type become edges of the range.
    function bound(uint256 value, uint256 least, uint256 most) internal pure returns (uint256) {
        require(least <= most);
        if (value >= least && value <= most) return value;
        uint256 size = most - least + 1;
        if (value <= 3 && size > value) return least + value;
        if (value >= type(uint256).max - 3 && size > type(uint256).max - value) {
            return most - (type(uint256).max - value);
        }
        if (value > most) {
            uint256 over = (value - most) % size;
            return over == 0 ? most : least + over - 1;
        }
        uint256 under = (least - value) % size;
        return under == 0 ? least : most - under + 1;
    }
}

/// @notice Everything that a user of a margin engine can do, as an attacker.
abstract contract MarginHandler is World {
    /// @dev Bad debt to ignore, USDC base units.
    uint256 private constant DUST = 1e6;

    IMarginEngine internal immutable VAULT;

    constructor(string memory json) {
        VAULT = IMarginEngine(VM.parseJsonAddress(json, ".vault"));
    }

    /// @notice The account owes no more than its collateral is worth at the fair price.
    function covered(address account) public view returns (bool) {
        // WETH has 18 decimals, the price 8, and USDC 6
        return VAULT.debtOf(account) <= (VAULT.collateralOf(account) * fairPrice) / 1e20 + DUST;
    }
}

abstract contract BorrowerHandler is MarginHandler {
    function deposit(uint256 amount) external {
        amount = bound(amount, 1, chain.weth.balanceOf(ATTACKER));
        VM.prank(ATTACKER);
        VAULT.deposit(amount);
    }

    function withdraw(uint256 amount) external {
        amount = bound(amount, 1, VAULT.collateralOf(ATTACKER));
        VM.prank(ATTACKER);
        VAULT.withdraw(amount);
    }

    function borrow(uint256 amount) external {
        amount = bound(amount, 1, chain.usdc.balanceOf(address(VAULT)));
        VM.prank(ATTACKER);
        VAULT.borrow(amount);
    }

    function repay(uint256 amount) external {
        amount = bound(amount, 1, VAULT.debtOf(ATTACKER));
        VM.prank(ATTACKER);
        VAULT.repay(amount);
    }

    /// @notice No other account has a debt.
    function liquidate(uint256 amount) external {
        amount = bound(amount, 1, VAULT.debtOf(ATTACKER));
        VM.prank(ATTACKER);
        VAULT.liquidate(ATTACKER, amount);
    }
}

/// @notice The state of a fixture or of its twin, and the handler that receives all calls.
abstract contract SiegeTest {
    /// @dev State's files: the contract's name, and the variant.
    function fixture() internal pure virtual returns (string memory);

    function deploy(string memory json) internal virtual returns (address handler);

    address private _handler;

    function setUp() external {
        string memory json = State.load(fixture());
        // before the handler moves to the first block
        prepare(State.addresses(json), State.person("attacker"), VM.parseJsonAddress(json, ".vault"));
        _handler = deploy(json);
    }

    /// @dev A user's allowances.
    function prepare(Addresses memory chain, address attacker, address vault) internal virtual {
        State.approve(chain.weth, attacker, vault);
        State.approve(chain.usdc, attacker, vault);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = _handler;
    }

    /// @dev A single sender: the handler is the one that acts.
    function targetSenders() external view returns (address[] memory senders) {
        senders = new address[](1);
        senders[0] = address(this);
    }

    function invariant_survives() external view {
        require(survives(_handler), "broken");
    }

    function survives(address handler) internal view virtual returns (bool);
}
