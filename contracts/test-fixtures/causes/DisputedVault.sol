// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";

/// @title DisputedVault
/// @notice A vault whose owner may freeze a depositor in a dispute: with a small stake the first one, with a large one the
/// second. FLAW: any account may. Freezing the first takes less, but it is another depositor's money.
contract DisputedVault is ERC4626 {
    address internal immutable OWNER = msg.sender;

    /// @notice Its two depositors.
    address public immutable FIRST;
    address public immutable SECOND;

    mapping(address => bool) public isFrozen;

    error Frozen();

    constructor(IERC20 asset_, address first, address second) ERC4626(asset_) ERC20("Disputed vault", "DIS") {
        FIRST = first;
        SECOND = second;
    }

    function dispute(uint256 stake) external {
        _checkDisputant();
        if (stake >= 1e3) isFrozen[SECOND] = true;
        else if (stake > 1) isFrozen[FIRST] = true;
    }

    function _checkDisputant() internal view virtual {}

    function _withdraw(address caller, address receiver, address owner, uint256 assets, uint256 shares)
        internal
        override
    {
        if (isFrozen[owner]) revert Frozen();
        super._withdraw(caller, receiver, owner, assets, shares);
    }
}

/// @title DisputedVaultFixed
/// @notice The twin: only the owner may freeze.
contract DisputedVaultFixed is DisputedVault {
    constructor(IERC20 asset_, address first, address second) DisputedVault(asset_, first, second) {}

    function _checkDisputant() internal view override {
        require(msg.sender == OWNER);
    }
}
