// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.30;

/// An ERC-20 of no value: its code is laid at the address that the registry names, then it is set up once.
contract TestToken {
    string public name;
    string public symbol;
    uint8 public decimals;
    uint256 public totalSupply;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;

    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);

    function setUp(bytes32 letters, uint256 length, uint8 decimals_) external {
        require(bytes(symbol).length == 0, "set up already");
        bytes memory text = new bytes(length);
        for (uint256 i = 0; i < length; i++) text[i] = letters[i];
        name = string(text);
        symbol = string(text);
        decimals = decimals_;
    }

    function transfer(address to, uint256 value) external returns (bool) {
        return move(msg.sender, to, value);
    }

    function approve(address spender, uint256 value) external returns (bool) {
        allowance[msg.sender][spender] = value;
        emit Approval(msg.sender, spender, value);
        return true;
    }

    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        allowance[from][msg.sender] -= value;
        return move(from, to, value);
    }

    function move(address from, address to, uint256 value) private returns (bool) {
        balanceOf[from] -= value;
        balanceOf[to] += value;
        emit Transfer(from, to, value);
        return true;
    }
}
