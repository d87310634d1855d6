// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC1363} from "@openzeppelin/contracts/token/ERC20/extensions/ERC1363.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {ERC165Checker} from "@openzeppelin/contracts/utils/introspection/ERC165Checker.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

contract Badges is ERC721("Badge", "BDG") {
    uint256 public minted;

    function mint(address to) external {
        _safeMint(to, ++minted);
    }
}

contract Cards is ERC1155("") {
    function mint(address to, uint256 id) external {
        _mint(to, id, 1, "");
    }

    function mintPair(address to, uint256 id) external {
        uint256[] memory ids = new uint256[](2);
        uint256[] memory amounts = new uint256[](2);
        (ids[0], ids[1], amounts[0], amounts[1]) = (id, id + 1, 1, 2);
        _mintBatch(to, ids, amounts, "");
    }
}

contract Coins is ERC20("Coin", "CN"), ERC1363 {
    function mint(address to) external {
        _mint(to, 100);
    }
}

interface ITaker {
    function onThingReceived(address from, uint256 id, bytes calldata data) external returns (bytes4);
}

interface IQuote {
    function price() external view returns (uint256);
}

/// @title Collection
/// @notice Asks its callers all that contracts ask receivers of tokens. Its only invariant says how many badges there are.
contract Collection {
    Badges public immutable badges = new Badges();
    Cards public immutable cards = new Cards();
    Coins public immutable coins = new Coins();
    uint256 public immutable limit;

    constructor(uint256 limit_) {
        limit = limit_;
    }

    function badge() external {
        badges.mint(msg.sender);
    }

    /// @dev The sender has to approve this contract before.
    function sendBadge(uint256 id, address to) external {
        badges.safeTransferFrom(msg.sender, to, id);
    }

    function card(uint256 id) external {
        cards.mint(msg.sender, id);
    }

    function pairOfCards(uint256 id) external {
        cards.mintPair(msg.sender, id);
    }

    /// @dev ERC-1363 refuses receivers without code.
    function coin() external {
        coins.mint(address(this));
        coins.transferAndCall(msg.sender, 1);
    }

    /// @dev A hook of its own.
    function thing() external {
        if (msg.sender.code.length == 0) return;
        bytes4 answer = ITaker(msg.sender).onThingReceived(address(this), 1, "a thing");
        require(answer == ITaker.onThingReceived.selector, "not taken");
    }

    /// @dev Nobody has signed anything.
    function signed(bytes32 hash) external view {
        require(SignatureChecker.isValidSignatureNow(msg.sender, hash, new bytes(65)), "not signed");
    }

    function isReceiver() external view {
        require(ERC165Checker.supportsERC165(msg.sender), "no interfaces");
    }

    /// @dev A caller is no price feed.
    function quote() external view returns (uint256) {
        return IQuote(msg.sender).price();
    }

    /// @dev Nor a token.
    function pull() external view returns (uint256) {
        return IERC20(msg.sender).balanceOf(address(this));
    }

    function invariant_fewBadges() external view returns (bool) {
        return badges.minted() < limit;
    }
}
