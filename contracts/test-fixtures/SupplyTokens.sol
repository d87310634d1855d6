// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {ERC20Upgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/ERC20Upgradeable.sol";

/// @dev The ways in which tokens keep balances and supply. Each has whole units of 18 decimals, and a holder from before.

/// @notice A mapping and a number.
contract PlainSupply is ERC20 {
    constructor(address holder) ERC20("Plain", "PLAIN") {
        _mint(holder, 1_000 ether);
    }
}

/// @notice OpenZeppelin's namespaced storage (ERC-7201).
contract NamespacedSupply is ERC20Upgradeable {
    constructor(address holder) initializer {
        __ERC20_init("Namespaced", "NAME");
        _mint(holder, 1_000 ether);
    }
}

/// @notice What the tokens below have in common.
abstract contract OwnSupply {
    string public symbol;
    uint8 public constant decimals = 18;

    constructor(string memory symbol_) {
        symbol = symbol_;
    }

    function approve(address, uint256) external pure returns (bool) {
        return true;
    }

    /// @dev Moves nothing: what matters here is how balances are kept.
    function transferFrom(address, address, uint256) external pure returns (bool) {
        return true;
    }
}

/// @notice A token that tells no supply.
contract UntoldSupply is OwnSupply {
    mapping(address account => uint256) public balanceOf;

    constructor(address holder) OwnSupply("UNTOLD") {
        balanceOf[holder] = 1_000 ether;
    }
}

/// @notice A block list in the highest bit of a balance's word, as USDC has it, and a cap beside the supply.
contract PackedSupply is OwnSupply {
    struct Account {
        uint64 since;
        uint184 balance;
        bool listed;
    }

    mapping(address account => Account) public accounts;
    uint128 public cap = type(uint128).max;
    uint128 private _supply;

    constructor(address holder) OwnSupply("PACKED") {
        accounts[holder] = Account({since: 7, balance: 1_000 ether, listed: true});
        _supply = 1_000 ether;
    }

    function balanceOf(address account) external view returns (uint256) {
        return accounts[account].balance;
    }

    function totalSupply() external view returns (uint256) {
        return _supply;
    }
}

/// @notice Wrapped native coin: its supply is what it holds.
contract WrappedSupply is OwnSupply {
    mapping(address account => uint256) public balanceOf;

    constructor(address) OwnSupply("WRAPPED") {}

    function totalSupply() external view returns (uint256) {
        return address(this).balance;
    }
}

/// @notice Balances and supply grow with an index, as those of Aave's aTokens do.
contract ScaledSupply is OwnSupply {
    uint256 public index = 1.337e27;
    mapping(address account => uint256) private _scaled;
    uint256 private _scaledSupply;

    constructor(address holder) OwnSupply("SCALED") {
        _scaled[holder] = _scaledSupply = 1_000 ether;
    }

    function balanceOf(address account) external view returns (uint256) {
        return (_scaled[account] * index) / 1e27;
    }

    function totalSupply() external view returns (uint256) {
        return (_scaledSupply * index) / 1e27;
    }
}

/// @notice Balances are shares of a pot, as those of Lido's stETH are.
contract PottedSupply is OwnSupply {
    mapping(address account => uint256) public sharesOf;
    uint256 public getTotalShares;
    uint256 public totalSupply;

    constructor(address holder) OwnSupply("POTTED") {
        sharesOf[holder] = getTotalShares = 1_000 ether;
        totalSupply = 1_234 ether;
    }

    function balanceOf(address account) external view returns (uint256) {
        return (sharesOf[account] * totalSupply) / getTotalShares;
    }
}

/// @notice Its supply is a constant.
contract ConstantSupply is OwnSupply {
    uint256 public constant totalSupply = 1_000 ether;
    mapping(address account => uint256) public balanceOf;

    constructor(address holder) OwnSupply("CONST") {
        balanceOf[holder] = totalSupply;
    }
}

/// @notice Shares of a vault: more of them would be worth less each.
contract VaultSupply is ERC4626 {
    constructor(address holder) ERC20("Vault", "VAULT") ERC4626(new PlainSupply(holder)) {
        _mint(holder, 1_000 ether);
    }

    function totalAssets() public pure override returns (uint256) {
        return 1_500 ether;
    }
}

/// @notice A box that says what is owed to whom, and is right.
contract SupplyBoxFixed {
    ERC20 internal immutable _token;
    address[] private _holders;
    uint256 public gifts;

    constructor(ERC20 token, address[] memory holders) {
        _token = token;
        _holders = holders;
    }

    /// @notice The sum of all balances is the supply, to the rounding of each.
    function invariant_everyTokenIsSomebodys() external view returns (bool) {
        uint256 sum = _token.balanceOf(address(this)) + _token.balanceOf(address(_token));
        for (uint256 i = 0; i < _holders.length; ++i) sum += _token.balanceOf(_holders[i]);
        uint256 supply = _token.totalSupply();
        return sum <= supply + 10 && supply <= sum + 10;
    }

    /// @notice Takes tokens in.
    function give(uint256 amount) external virtual {
        gifts += 1;
        _token.transferFrom(msg.sender, address(this), amount);
    }
}

/// @notice Flawed: what is given goes to an account that nobody counts.
contract SupplyBox is SupplyBoxFixed {
    constructor(ERC20 token, address[] memory holders) SupplyBoxFixed(token, holders) {}

    function give(uint256 amount) external override {
        gifts += 1;
        _token.transferFrom(msg.sender, address(0xdead), amount);
    }
}
