// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice A user with code: makes calls, and may make one more when it is paid in ether.
contract StakedEtherMarketActor {
    address internal immutable _owner = msg.sender;
    address public target;
    bytes public queued;

    receive() external payable {
        bytes memory data = queued;
        if (data.length == 0) return;
        delete queued;
        (bool ok,) = target.call(data);
        ok; // a failure is its own matter
    }

    function queue(address target_, bytes calldata data) external {
        require(msg.sender == _owner);
        target = target_;
        queued = data;
    }

    function exec(address to, uint256 value, bytes calldata data) external payable {
        require(msg.sender == _owner);
        (bool ok, bytes memory result) = to.call{value: value}(data);
        if (!ok) {
            assembly {
                revert(add(result, 32), mload(result))
            }
        }
    }
}
