// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice Accepts amounts within limits, so that it can be seen which ones are found.
contract Limits {
    struct Part {
        uint8 kind;
        uint256 amount;
    }

    struct Position {
        bytes note;
        uint256[2] pair;
        Part[] parts;
    }

    uint256 public most = 1_234_567_890_123_456_789;
    uint256 public least = 1_234;
    uint256 public seen;
    mapping(address => uint256) public credit;
    mapping(address => uint256) public debt;

    event Seen(uint256 amount);

    function setMost(uint256 amount) external {
        most = amount;
    }

    function upTo(uint256 amount) external returns (uint256) {
        require(amount <= most);
        seen = amount;
        emit Seen(amount);
        return amount + 1;
    }

    function narrow(uint64 amount) external {
        require(amount >= least);
        seen = amount;
    }

    function downTo(int128 change) external {
        require(change < 0 && uint256(-int256(change)) <= most);
        seen = uint256(-int256(change));
    }

    function both(uint256 amount, uint256 size) external {
        require(amount <= most && size <= least);
        seen = amount + size;
    }

    function allOf(uint256 amount) external {
        require(amount == most);
        seen = amount;
    }

    function within(Position calldata position) external {
        require(position.parts[1].amount <= most && position.parts[1].kind == 7 && position.parts[0].amount == 3);
        seen = position.parts[1].amount;
    }

    function pay() external payable {
        require(msg.value <= most);
        seen = msg.value;
    }

    function giveBack(uint256 amount) external {
        (bool taken, ) = msg.sender.call{value: amount}("");
        require(taken);
    }

    function payExactly(uint256 amount) external payable {
        require(msg.value == amount);
        seen = amount;
    }

    function deposit(uint256 amount) external {
        require(amount <= 1_000);
        credit[msg.sender] += amount;
    }

    function borrow(uint256 amount) external {
        require(debt[msg.sender] + amount <= (credit[msg.sender] * 8) / 10);
        debt[msg.sender] += amount;
    }

    /// @notice Burns about as much gas as it is told, and fails above the limit.
    function burn(uint256 amount, uint256 gas) external {
        uint256 start = gasleft();
        uint256 rounds;
        while (start - gasleft() < gas) rounds++;
        require(amount <= most);
        seen = amount + (rounds == 0 ? 1 : 0);
    }

    function time() external returns (uint256) {
        seen = block.timestamp;
        return block.timestamp;
    }

    function height() external returns (uint256) {
        seen = block.number;
        return block.number;
    }

    function fee() external returns (uint256) {
        seen = block.basefee;
        return block.basefee;
    }

    function randao() external returns (uint256) {
        seen = block.prevrandao;
        return block.prevrandao;
    }

    function builder() external returns (address) {
        seen++;
        return block.coinbase;
    }

    function origin() external returns (address) {
        seen++;
        return tx.origin;
    }

    function refuse() external {
        seen = 0;
        revert("never");
    }
}
