# lab errors-addr: what refuses ip addr, and batches
ip link add d0 address 02:00:00:00:00:01 type dummy
ip link set d0 up
ip addr add 10.0.0.1/24
ip addr add dev d0
ip addr add
ip addr add 10.0.0.1/24 dev
ip addr add 10.0.0.1/24 dev nosuch
ip addr add 10.0.0.1/24 nosuch
ip addr add 10.0.0.1/33 dev d0
ip addr add 10.0.0.1/x dev d0
ip addr add 10.0.0.1/ dev d0
ip addr add 10.0.0.1/-1 dev d0
ip addr add 10.0.0.256/24 dev d0
ip addr add foo dev d0
ip addr add 10.0.0 dev d0
ip a show d0
ip addr add 10.0.0.1/24 dev d0 dev d0
ip addr add 10.0.0.1/24 dev d0 foo
ip addr add 10.0.0.1/24 10.0.0.2/24 dev d0
ip addr add local 10.0.0.5/24 dev d0
ip addr add 10.0.0.6/24 dev d0 brd foo
ip addr add 10.0.0.6/24 dev d0 brd + brd +
ip addr add 10.0.0.6/24 dev d0 scope foo
ip addr add 10.0.0.6/24 dev d0 label x
ip addr add 10.0.0.6/24 dev d0 label d0:averyveryverylonglabel
ip addr add 10.0.0.6/24 dev d0 valid_lft foo
ip addr add 10.0.0.6/24 dev d0 valid_lft 0
ip addr add 10.0.0.6/24 dev d0 valid_lft 5 preferred_lft 10
ip addr add 10.0.0.6 peer foo dev d0
ip addr add 10.0.0.6/255.255.255.0 dev d0
ip addr add 10.0.0.0/0 dev d0
ip addr del 10.0.0.5/24
ip addr del 10.0.0.77/24 dev d0
ip addr del foo dev d0
ip addr del 10.0.0.5/24 dev nosuch
ip addr show foo
ip addr show dev d0 scope foo
ip addr show label
ip a show d0
printf 'addr add 10.3.0.1/24 dev d0\n# comment\n\naddr add 10.3.0.1/24 dev d0\naddr add 10.3.0.2/24 dev d0\n' >/tmp/b1
ip -batch /tmp/b1
ip a show d0
ip -force -batch /tmp/b1
ip a show d0
printf 'link set d0 mtu 1400\nfoo\nlink set d0 mtu 1300\n' >/tmp/b2
ip -b /tmp/b2
ip -force -b /tmp/b2
printf 'link set nosuch up\nlink show d0\n' >/tmp/b3
ip -b /tmp/b3
ip -b - </tmp/b1
ip -b /tmp/nosuch
printf 'addr show dev d0\nlink show lo' >/tmp/b4
ip -b /tmp/b4
ip -j -b /tmp/b4
ip -n nosuch -b /tmp/b4
