// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice A user with code: makes calls, and may make one more when it receives an NFT.
contract TermDepositsActor {
    address internal immutable _owner = msg.sender;
    address public target;
    bytes public queued;

    function onERC721Received(address, address, uint256, bytes calldata) external returns (bytes4) {
        bytes memory data = queued;
        if (data.length > 0) {
            delete queued;
            (bool ok,) = target.call(data);
            ok; // a failure is its own matter
        }
        return this.onERC721Received.selector;
    }

    function queue(address target_, bytes calldata data) external {
        require(msg.sender == _owner);
        target = target_;
        queued = data;
    }

    function exec(address to, bytes calldata data) external {
        require(msg.sender == _owner);
        (bool ok, bytes memory result) = to.call(data);
        if (!ok) {
            assembly {
                revert(add(result, 32), mload(result))
            }
        }
    }
}
