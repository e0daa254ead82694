# lab ping-errors: what ping says to bad options and names, with exit codes
ip link set lo up
ping
ping -V
ping -h
ping -Z
ping -c1 -Z 127.0.0.1
ping -c 0 127.0.0.1
ping -c -1 127.0.0.1
ping -c abc 127.0.0.1
ping -c
ping -c 1x 127.0.0.1
ping -i 0.001 -c 1 127.0.0.1
ping -i 0 -c 1 127.0.0.1
ping -i abc -c 1 127.0.0.1
ping -i -1 -c 1 127.0.0.1
ping -W abc -c 1 127.0.0.1
ping -W 0 -c 1 127.0.0.1
ping -W -1 -c 1 127.0.0.1
ping -w abc -c1 127.0.0.1
ping -w 0 -c1 127.0.0.1
ping -w -1 -c1 127.0.0.1
ping -s abc -c1 127.0.0.1
ping -s 70000 -c1 127.0.0.1
ping -t 0 -c1 127.0.0.1
ping -t 256 -c1 127.0.0.1
ping -t abc -c1 127.0.0.1
ping -M foo -c1 127.0.0.1
ping -T foo -c1 127.0.0.1
ping -Q foo -c1 127.0.0.1
ping -p zz -c1 127.0.0.1
ping -l 100000 -c1 127.0.0.1
ping -c1 nosuchhost.invalid
ping -c1 nosuchhost
ping -c1 ""
ping -c1 999.1.1.1
ping -c1 1.2.3.4.5
ping -c1 10.0.0.0/24
ping -4 -c1 ::1
ping -6 -c1 127.0.0.1
ping -4 -6 -c1 127.0.0.1
ping -c1 127.0.0.1 127.0.0.2
ping -c1 127.0.0.1 foo
ping -I nosuch -c1 127.0.0.1
ping -I lo -c1 127.0.0.1
ping -I 10.9.9.9 -c1 127.0.0.1
ping -c1 10.0.0.1
ping -c1 8.8.8.8
ping -c1 -b 255.255.255.255
ping -c1 224.0.0.1
ping --help
ping --foo
ping 127.0.0.1 -c1
ping -c1 -- 127.0.0.1
ping -qc1 127.0.0.1
ping -c1 -c2 -i0.2 127.0.0.1
ip netns exec nosuch ping -c1 127.0.0.1
ip link set lo down
ping -c1 -W1 127.0.0.1
