# lab netns: ip netns, and what refuses it
ip netns
ip netns list
ip netns add a
ip netns add b
ip netns add c
ip netns
ip netns add a
ip netns add a/b
ip netns add .
ip netns add ""
ip netns add
ip netns list-id
ip link add v0 address 02:00:00:00:00:01 netns a type veth peer name v1 address 02:00:00:00:00:02 netns b
ip netns list
ip -n a link
ip netns list-id
ip -n a netns list-id
ip link add v2 address 02:00:00:00:00:03 netns a type veth peer name v3 address 02:00:00:00:00:04
ip netns list
ip -n a link
ip -n b link
ip link
ip netns set c 7
ip netns list
ip netns list-id
ip netns set c 8
ip netns exec a ip a
ip netns exec a ip netns identify
ip netns exec a bash -c 'ip netns identify $$'
ip netns identify
ip netns identify 1
ip netns identify 99999
ip netns pids a
ip netns exec a sleep 30 &
sleep 0.5
ip netns pids a | wc -l
ip netns pids nosuch
ip netns exec nosuch ip a
ip netns exec a nosuchcommand
ip netns exec a false
ip netns exec a bash -c 'exit 7'
ip netns exec a
ip netns exec
ip -n nosuch a
ip -n nosuch link add x type dummy
ip -netns a link show lo
ip -net a link show lo
ip netns del nosuch
ip netns del
ip netns delete b
ip netns
ip -n a link
ip -all netns exec ip -br link
ip netns foo
ip netns del c
ip netns del a
ip netns
ip link
ip netns add x
ip -n x link add d0 type dummy
ip -n x link set d0 netns 1
ip link show type dummy | wc -l
ip link set d0 netns x
ip -n x -br link | wc -l
ip -all netns del
ip netns
