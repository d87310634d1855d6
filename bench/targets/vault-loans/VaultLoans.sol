// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

contract VaultLoansDai is ERC20("Dai Stablecoin", "DAI") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// @notice A savings vault for DAI, OpenZeppelin's.
contract VaultLoansVault is ERC4626 {
    constructor(IERC20 dai, string memory symbol_) ERC4626(dai) ERC20("Savings vault", symbol_) {}
}

/// @notice The stablecoin that is lent. Only the lender mints and burns it.
contract VaultLoansDollar is ERC20("Quay Dollar", "qUSD"), Ownable {
    constructor() Ownable(msg.sender) {}

    function mint(address to, uint256 amount) external onlyOwner {
        _mint(to, amount);
    }

    function burn(address from, uint256 amount) external onlyOwner {
        _burn(from, amount);
    }
}

/// @title Loans of a stablecoin against shares of savings vaults
/// @notice Each market has one ERC-4626 vault of DAI, whose shares are collateral. A DAI counts as a dollar. Interest
/// is 5 % a year, compounded when somebody uses the market.
contract VaultLoans is Ownable {
    using SafeERC20 for IERC20;
    using Math for uint256;

    struct Market {
        IERC4626 vault;
        uint256 debtCeiling;
        uint256 totalDebtShares;
        uint256 totalCollateral; // vault shares
        uint256 index; // debt per debt share, 1e18
        uint256 accruedAt;
    }

    uint256 public constant RATE_PER_YEAR = 0.05e18;
    uint256 public constant BORROW_FEE_BPS = 20;
    uint256 public constant MAX_LTV = 90_000; // of 100,000
    uint256 public constant LIQUIDATION_LTV = 95_000;
    uint256 public constant LIQUIDATION_BONUS_BPS = 300;
    uint256 public constant MIN_LOAN = 1_000e18;
    uint256 internal constant LTV_PRECISION = 100_000;

    VaultLoansDollar public immutable dollar;
    Market[] public markets;
    mapping(uint256 id => mapping(address account => uint256)) public collateralOf;
    mapping(uint256 id => mapping(address account => uint256)) public debtSharesOf;

    event MarketAdded(uint256 indexed id, IERC4626 vault, uint256 debtCeiling);
    event CollateralAdded(uint256 indexed id, address indexed account, uint256 shares);
    event CollateralRemoved(uint256 indexed id, address indexed account, uint256 shares);
    event Borrowed(uint256 indexed id, address indexed account, uint256 amount);
    event Repaid(uint256 indexed id, address indexed account, uint256 amount);
    event Liquidated(uint256 indexed id, address indexed account, address indexed liquidator, uint256 repaid, uint256 seized);

    error DebtCeiling();
    error TooMuchDebt(uint256 ltv);
    error LoanTooSmall();
    error Healthy();

    constructor() Ownable(msg.sender) {
        dollar = new VaultLoansDollar();
    }

    function addMarket(IERC4626 vault, uint256 debtCeiling) external onlyOwner {
        markets.push(Market(vault, debtCeiling, 0, 0, 1e18, block.timestamp));
        emit MarketAdded(markets.length - 1, vault, debtCeiling);
    }

    function addCollateral(uint256 id, uint256 shares) external {
        Market storage market = markets[id];
        collateralOf[id][msg.sender] += shares;
        market.totalCollateral += shares;
        IERC20(address(market.vault)).safeTransferFrom(msg.sender, address(this), shares);
        emit CollateralAdded(id, msg.sender, shares);
    }

    function removeCollateral(uint256 id, uint256 shares) external {
        Market storage market = _accrue(id);
        collateralOf[id][msg.sender] -= shares;
        market.totalCollateral -= shares;
        _requireLtv(id, msg.sender);
        IERC20(address(market.vault)).safeTransfer(msg.sender, shares);
        emit CollateralRemoved(id, msg.sender, shares);
    }

    function borrow(uint256 id, uint256 amount) external {
        Market storage market = _accrue(id);
        uint256 owed = amount + (amount * BORROW_FEE_BPS) / 10_000;
        uint256 shares = owed.mulDiv(1e18, market.index, Math.Rounding.Ceil);
        debtSharesOf[id][msg.sender] += shares;
        market.totalDebtShares += shares;
        if (debtOf(id, msg.sender) < MIN_LOAN) revert LoanTooSmall();
        if (totalDebt(id) > market.debtCeiling) revert DebtCeiling();
        _requireLtv(id, msg.sender);
        dollar.mint(msg.sender, amount);
        emit Borrowed(id, msg.sender, amount);
    }

    /// @notice Repays up to `amount` of the caller's own loan.
    function repay(uint256 id, uint256 amount) external {
        _accrue(id);
        _reduceDebt(id, msg.sender, Math.min(amount, debtOf(id, msg.sender)));
    }

    /// @notice Repays up to half of a loan above the liquidation threshold, for collateral and a bonus.
    function liquidate(uint256 id, address account, uint256 amount) external {
        Market storage market = _accrue(id);
        if (ltvOf(id, account) <= LIQUIDATION_LTV) revert Healthy();
        amount = Math.min(amount, debtOf(id, account) / 2);
        _reduceDebt(id, account, amount);
        uint256 worth = amount + (amount * LIQUIDATION_BONUS_BPS) / 10_000;
        uint256 seized = Math.min(market.vault.convertToShares(worth), collateralOf[id][account]);
        collateralOf[id][account] -= seized;
        market.totalCollateral -= seized;
        IERC20(address(market.vault)).safeTransfer(msg.sender, seized);
        emit Liquidated(id, account, msg.sender, amount, seized);
    }

    function debtOf(uint256 id, address account) public view returns (uint256) {
        return debtSharesOf[id][account].mulDiv(markets[id].index, 1e18, Math.Rounding.Ceil);
    }

    function totalDebt(uint256 id) public view returns (uint256) {
        return (markets[id].totalDebtShares * markets[id].index) / 1e18;
    }

    /// @notice DAI per vault share, 1e18.
    function price(uint256 id) public view returns (uint256) {
        return markets[id].vault.convertToAssets(1e18);
    }

    /// @notice Vault shares per dollar, 1e18.
    function exchangeRate(uint256 id) public view returns (uint256) {
        return 1e36 / price(id);
    }

    /// @notice Loan to value, of 100,000.
    function ltvOf(uint256 id, address account) public view virtual returns (uint256) {
        uint256 debt = debtOf(id, account);
        if (debt == 0) return 0;
        uint256 collateral = collateralOf[id][account];
        if (collateral == 0) return type(uint256).max;
        uint256 debtInShares = debt.mulDiv(exchangeRate(id), 1e18, Math.Rounding.Ceil);
        return debtInShares.mulDiv(LTV_PRECISION, collateral, Math.Rounding.Ceil);
    }

    /// @notice In every market, the collateral is worth the loans.
    function invariant_loansAreBacked() external view returns (bool) {
        for (uint256 id = 0; id < markets.length; id++) {
            if (totalDebt(id) > markets[id].vault.convertToAssets(markets[id].totalCollateral)) return false;
        }
        return true;
    }

    function _requireLtv(uint256 id, address account) internal view {
        uint256 ltv = ltvOf(id, account);
        if (ltv > MAX_LTV) revert TooMuchDebt(ltv);
    }

    function _reduceDebt(uint256 id, address account, uint256 amount) internal {
        uint256 shares = Math.min((amount * 1e18) / markets[id].index, debtSharesOf[id][account]);
        if (amount == debtOf(id, account)) shares = debtSharesOf[id][account];
        debtSharesOf[id][account] -= shares;
        markets[id].totalDebtShares -= shares;
        dollar.burn(msg.sender, amount);
        emit Repaid(id, account, amount);
    }

    function _accrue(uint256 id) internal returns (Market storage market) {
        market = markets[id];
        uint256 elapsed = block.timestamp - market.accruedAt;
        market.index += (market.index * RATE_PER_YEAR * elapsed) / 365 days / 1e18;
        market.accruedAt = block.timestamp;
    }
}

contract VaultLoansFixed is VaultLoans {
    using Math for uint256;

    function ltvOf(uint256 id, address account) public view override returns (uint256) {
        uint256 debt = debtOf(id, account);
        if (debt == 0) return 0;
        uint256 value = markets[id].vault.convertToAssets(collateralOf[id][account]);
        return value == 0 ? type(uint256).max : debt.mulDiv(LTV_PRECISION, value, Math.Rounding.Ceil);
    }
}
